namespace IrohLite.Relay;

/// <summary>What a <see cref="RelayFrameReader"/> hands on.</summary>
internal interface IRelayFrameHandler
{
    /// <summary>One QUIC datagram of a frame 06 or 07; the region lies in the fed buffer or in the reader's own.</summary>
    void OnDatagram(byte[] source, byte[] buffer, int offset, int count);

    /// <summary>
    /// Any other frame, whole. Of a long text only the first <see cref="RelayClientLimits.KeptFrameBytes"/> are kept. Returns null, or what
    /// is wrong with it.
    /// </summary>
    string OnFrame(int type, byte[] payload, int count);
}
