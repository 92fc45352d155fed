namespace IrohLite.Relay;

/// <summary>What <see cref="WebSocketReader.Next"/> found.</summary>
internal static class WebSocketEvent
{
    /// <summary>All bytes are used up; more are needed.</summary>
    public const int NeedBytes = 0;

    /// <summary>A piece of a binary message, perhaps its last.</summary>
    public const int Data = 1;

    /// <summary>A ping with its payload, to be answered.</summary>
    public const int Ping = 2;

    /// <summary>A close frame: the session is over.</summary>
    public const int Close = 3;

    /// <summary>A broken rule: the session is over, and nothing more is read.</summary>
    public const int Error = 4;
}
