using IrohLite.Diagnostics;

namespace IrohLite.Quic;

/// <summary>What a dialer does with the two packets that no key protects: Version Negotiation and Retry.</summary>
internal static class UnprotectedPackets
{
    /// <summary>Handles the packet, or returns the <see cref="DropReason"/> for ignoring it.</summary>
    public static int Handle(QuicConnection connection, PacketHeader header, PathAddress path)
    {
        // Only a client that has heard nothing else listens to them, and follows one Retry (RFC 9000 sections 6.2 and 17.2.5.2).
        if (!connection.IsClient || connection.HasRemoteScid || connection.RetryScid != null) return DropReason.UnexpectedType;
        if (header.Type == PacketType.VersionNegotiation)
        {
            if (!header.Scid.SameAs(connection.OriginalDcid) || VersionNegotiation.ListsVersion1(header)) return DropReason.UnexpectedType;
            connection.OnSilentEnd(new QuicCloseInfo(QuicCloseKind.VersionMismatch, 0, 0, "the peer does not speak QUIC version 1"));
            return DropReason.None;
        }

        if (header.TokenCount > Limits.RetryTokenBytes || header.Scid.SameAs(connection.OriginalDcid)) return DropReason.MalformedHeader;
        if (!RetryIntegrity.Verify(connection.Shared.Crypto, connection.OriginalDcid, header.Buffer, header.PacketOffset, header.PacketEnd))
            return DropReason.NotAuthentic;
        connection.FollowRetry(header, path);
        return DropReason.None;
    }
}
