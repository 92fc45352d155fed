using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>key_share (RFC 8446 section 4.2.8) with the one group x25519.</summary>
internal static class KeyShare
{
    /// <summary>"No x25519 share" of <see cref="ReadOffer"/>.</summary>
    public const int None = -1;

    /// <summary>Writes the client's list: one x25519 share of 32 bytes.</summary>
    public static void WriteOffer(ByteWriter writer, byte[] publicKey)
    {
        writer.WriteUInt16(ExtensionType.KeyShare);
        int extension = TlsVector.Begin16(writer);
        int list = TlsVector.Begin16(writer);
        WriteEntry(writer, publicKey);
        TlsVector.End16(writer, list);
        TlsVector.End16(writer, extension);
    }

    /// <summary>Writes the server's x25519 share of 32 bytes.</summary>
    public static void WriteSelected(ByteWriter writer, byte[] publicKey)
    {
        writer.WriteUInt16(ExtensionType.KeyShare);
        int extension = TlsVector.Begin16(writer);
        WriteEntry(writer, publicKey);
        TlsVector.End16(writer, extension);
    }

    /// <summary>Reads a client's list and returns where its x25519 share begins in the buffer, or <see cref="None"/>.</summary>
    public static int ReadOffer(ByteReader reader)
    {
        ByteReader list = new ByteReader();
        ByteReader share = new ByteReader();
        TlsVector.Read16(reader, list);
        int found = None;
        while (list.Remaining > 0)
        {
            int group = list.ReadUInt16();
            TlsVector.Read16(list, share);
            if (share.Remaining == 0) throw new TlsAlertException(TlsAlert.DecodeError, "key_share: empty share");
            if (group != TlsConstants.X25519) continue;

            // RFC 8446 section 4.2.8: no two shares for one group.
            if (found != None) throw new TlsAlertException(TlsAlert.IllegalParameter, "key_share: two x25519 shares");
            found = CheckShare(share);
        }

        return found;
    }

    /// <summary>Reads a server's share, which must be x25519, and returns where its 32 bytes begin in the buffer.</summary>
    public static int ReadSelected(ByteReader reader)
    {
        int group = reader.ReadUInt16();
        if (group != TlsConstants.X25519)
            throw new TlsAlertException(TlsAlert.IllegalParameter, "key_share: the server chose a group that was not offered");
        ByteReader share = new ByteReader();
        TlsVector.Read16(reader, share);
        return CheckShare(share);
    }

    // RFC 8446 section 4.2.8.2: an x25519 share has 32 bytes.
    private static int CheckShare(ByteReader share)
    {
        if (share.Remaining != TlsConstants.HashBytes)
            throw new TlsAlertException(TlsAlert.IllegalParameter, "key_share: an x25519 share must have 32 bytes");
        return share.Position;
    }

    private static void WriteEntry(ByteWriter writer, byte[] publicKey)
    {
        writer.WriteUInt16(TlsConstants.X25519);
        writer.WriteUInt16(TlsConstants.HashBytes);
        writer.WriteBytes(publicKey, 0, TlsConstants.HashBytes);
    }
}
