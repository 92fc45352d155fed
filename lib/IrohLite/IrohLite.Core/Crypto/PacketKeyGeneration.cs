namespace IrohLite.Crypto;

/// <summary>Which generation of 1-RTT keys opened a packet (RFC 9001 section 6).</summary>
public static class PacketKeyGeneration
{
    /// <summary>The keys before the last update, kept for late packets.</summary>
    public const int Previous = 0;

    /// <summary>The keys in use.</summary>
    public const int Current = 1;

    /// <summary>The keys after the next update: the peer has updated, and both directions must follow.</summary>
    public const int Next = 2;
}
