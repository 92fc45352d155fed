using System;
using System.Text;
using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>application_layer_protocol_negotiation (RFC 7301).</summary>
internal static class Alpn
{
    /// <summary>"No protocol in common" of <see cref="Choose"/>.</summary>
    public const int None = -1;

    /// <summary>The names as bytes. A name outside 1 to 255 bytes, and a list over the limit, is a mistake of the caller.</summary>
    public static byte[][] Encode(string[] names)
    {
        byte[][] encoded = new byte[names.Length][];
        for (int i = 0; i < names.Length; i++)
        {
            encoded[i] = Encoding.UTF8.GetBytes(names[i]);
            if (encoded[i].Length < 1 || encoded[i].Length > 255)
                throw new InvalidOperationException("an ALPN must have 1 to 255 bytes");
        }

        if (ListBytes(encoded) > TlsLimits.MaxAlpnListBytes) throw new InvalidOperationException("too many ALPNs for one ClientHello");

        return encoded;
    }

    /// <summary>Bytes of the names with their lengths.</summary>
    public static int ListBytes(byte[][] names)
    {
        int total = 0;
        for (int i = 0; i < names.Length; i++) total += 1 + names[i].Length;
        return total;
    }

    /// <summary>Writes a list of names: all offered ones at a client, the chosen one at a server.</summary>
    public static void Write(ByteWriter writer, byte[][] names, int first, int count)
    {
        writer.WriteUInt16(ExtensionType.Alpn);
        int extension = TlsVector.Begin16(writer);
        int list = TlsVector.Begin16(writer);
        for (int i = first; i < first + count; i++)
        {
            writer.WriteByte(names[i].Length);
            writer.WriteBytes(names[i], 0, names[i].Length);
        }

        TlsVector.End16(writer, list);
        TlsVector.End16(writer, extension);
    }

    /// <summary>
    /// Reads a list, and returns the index in <paramref name="ours"/> of our most preferred name in it, or <see cref="None"/>.
    /// <paramref name="names"/> counts the names in the list.
    /// </summary>
    public static int Choose(ByteReader reader, byte[][] ours, out int names)
    {
        ByteReader list = new ByteReader();
        ByteReader name = new ByteReader();
        TlsVector.Read16(reader, list);
        if (list.Remaining == 0) throw new TlsAlertException(TlsAlert.DecodeError, "ALPN: empty list");
        int best = None;
        names = 0;
        while (list.Remaining > 0)
        {
            TlsVector.Read8(list, name);
            if (name.Remaining == 0) throw new TlsAlertException(TlsAlert.DecodeError, "ALPN: empty name");
            names++;
            int limit = best == None ? ours.Length : best;
            for (int i = 0; i < limit; i++)
            {
                if (ours[i].Length != name.Remaining) continue;
                if (!Bytes.Equal(ours[i], 0, name.Buffer, name.Position, name.Remaining)) continue;
                best = i;
                break;
            }
        }

        return best;
    }
}
