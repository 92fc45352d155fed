namespace IrohLite.Quic;

/// <summary>What a packet carried, beyond its records: the intent that comes back when the packet is lost.</summary>
internal static class RetransmitFlags
{
    public const int AckEliciting = 1;
    public const int HandshakeDone = 2;
    public const int MaxData = 4;
    public const int MaxStreams = 8;
    public const int PathChallenge = 16;
}
