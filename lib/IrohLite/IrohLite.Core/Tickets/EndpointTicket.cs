using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Text;

namespace IrohLite.Tickets;

/// <summary>
/// An endpoint address as one line of text: "endpoint" and base32 of a postcard structure. Entries for custom transports are read over
/// in the layout of iroh 1.0 and never written.
/// </summary>
public static class EndpointTicket
{
    /// <summary>What every ticket starts with.</summary>
    public const string Prefix = "endpoint";

    /// <summary>Longest text that is looked at, in characters.</summary>
    public const int MaxLength = 8192;

    private const int FormatVariant = 0;
    private const int EntryRelay = 0;
    private const int EntryIp = 1;
    private const int EntryCustom = 2;
    private const int CustomInlineSizeBytes = 30;

    /// <summary>The ticket of an address: relays first, then IP addresses, each once.</summary>
    public static string Encode(EndpointAddr addr)
    {
        PostcardWriter writer = new PostcardWriter();
        writer.WriteByte(FormatVariant);
        writer.WriteFixed(addr.Id.RawBytes, 0, EndpointId.SizeBytes);
        writer.WriteInteger(addr.Count);
        for (int i = 0; i < addr.Count; i++)
        {
            TransportAddr place = addr.Get(i);
            if (place.Kind == TransportAddr.KindRelay)
            {
                writer.WriteByte(EntryRelay);
                writer.WriteString(place.Relay.ToString());
                continue;
            }

            writer.WriteByte(EntryIp);
            writer.WriteByte(place.IpAddress.Length == 4 ? 0 : 1);
            writer.WriteFixed(place.IpAddress, 0, place.IpAddress.Length);
            writer.WriteInteger(place.Port);
        }

        return Prefix + Base32.Encode(writer.Buffer, 0, writer.Count);
    }

    /// <summary>Reads a ticket; on false <paramref name="error"/> names the offending part. One bad entry makes the whole ticket bad.</summary>
    public static bool TryDecode(string text, ICryptoProvider crypto, out EndpointAddr addr, out string error)
    {
        addr = null;
        error = Decode(text, crypto, ref addr);
        if (error == null) return true;
        addr = null;
        return false;
    }

    private static string Decode(string text, ICryptoProvider crypto, ref EndpointAddr addr)
    {
        if (text == null || text.Length < Prefix.Length || text.Substring(0, Prefix.Length) != Prefix)
            return "ticket does not start with \"" + Prefix + "\"";
        if (text.Length > MaxLength) return "ticket is longer than " + MaxLength.ToString() + " characters";
        byte[] bytes = new byte[text.Length];
        if (!Base32.TryDecode(text.Substring(Prefix.Length), bytes, 0, bytes.Length, out int size))
            return "ticket text behind \"" + Prefix + "\" is not base32";

        PostcardReader reader = new PostcardReader(bytes, 0, size);
        if (!reader.TryReadByte(out int variant)) return "ticket is empty";
        if (variant != FormatVariant) return "ticket has unknown format " + variant.ToString();
        if (!reader.TrySkip(EndpointId.SizeBytes)) return "ticket ends inside its endpoint id";
        if (!EndpointId.TryFromBytes(bytes, 1, crypto, out EndpointId id)) return "endpoint id of the ticket is not a point of the curve";
        addr = new EndpointAddr(id);
        if (!reader.TryReadUInt64(out long count)) return "ticket ends inside its number of addresses";
        if (count < 0 || count > EndpointAddr.MaxCount) return "ticket has more than " + EndpointAddr.MaxCount.ToString() + " addresses";
        for (int i = 0; i < count; i++)
        {
            string error = DecodeEntry(reader, addr);
            if (error != null) return "address " + (i + 1).ToString() + " of the ticket: " + error;
        }

        return null;
    }

    private static string DecodeEntry(PostcardReader reader, EndpointAddr addr)
    {
        // The variant of an enum is a 32-bit integer in postcard.
        if (!reader.TryReadUInt32(out long kind)) return "ends early";
        switch (kind)
        {
            case EntryRelay:
                if (!reader.TryReadString(RelayUrl.MaxSizeBytes, out string text)) return "relay URL is cut off, too long or not UTF-8";
                if (!RelayUrl.TryParse(text, out RelayUrl relay, out string urlError)) return urlError;
                addr.AddRelay(relay);
                return null;
            case EntryIp:
                return DecodeIp(reader, addr);
            case EntryCustom:
                return SkipCustom(reader);
            default:
                return "unknown kind " + kind.ToString();
        }
    }

    private static string DecodeIp(PostcardReader reader, EndpointAddr addr)
    {
        if (!reader.TryReadUInt32(out long version)) return "ends early";
        if (version > 1) return "IP address of unknown version " + version.ToString();
        byte[] ipAddress = new byte[version == 0 ? 4 : 16];
        if (!reader.TryReadFixed(ipAddress, 0, ipAddress.Length)) return "IP address ends early";
        if (!reader.TryReadUInt16(out int port)) return "port ends early or is above 65535";
        addr.AddIp(ipAddress, port);
        return null;
    }

    private static string SkipCustom(PostcardReader reader)
    {
        if (!reader.TryReadUInt64(out _) || !reader.TryReadUInt32(out long layout)) return "custom address ends early";
        if (layout == 0)
        {
            bool isRead = reader.TryReadByte(out int used) && reader.TrySkip(CustomInlineSizeBytes);
            return isRead && used <= CustomInlineSizeBytes ? null : "custom address ends early";
        }

        if (layout != 1) return "custom address of unknown layout";
        return reader.TryReadLength(MaxLength, out int length) && reader.TrySkip(length) ? null : "custom address ends early";
    }
}
