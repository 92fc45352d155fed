namespace IrohLite.Diagnostics;

/// <summary>
/// Why something received was ignored before it was authenticated. Nothing is answered and nothing thrown then, because anybody can send
/// such bytes at any rate; each case is counted instead. Numbers are dense from 0, and <see cref="Names"/> knows a text for each.
/// </summary>
public static class DropReason
{
    /// <summary>Not dropped.</summary>
    public const int None = 0;

    /// <summary>Ends before its header or tag does.</summary>
    public const int Truncated = 1;

    /// <summary>The header breaks a rule of its format.</summary>
    public const int MalformedHeader = 2;

    /// <summary>A QUIC version nobody here speaks.</summary>
    public const int UnknownVersion = 3;

    /// <summary>A packet type that is not used here, such as 0-RTT.</summary>
    public const int UnexpectedType = 4;

    /// <summary>Names no connection of ours.</summary>
    public const int UnknownConnection = 5;

    /// <summary>The keys to open it do not exist yet, or no longer.</summary>
    public const int NoKeys = 6;

    /// <summary>Authentication failed.</summary>
    public const int NotAuthentic = 7;

    /// <summary>Was received before.</summary>
    public const int Duplicate = 8;

    /// <summary>A client Initial in a datagram below 1200 bytes (RFC 9000 section 14.1).</summary>
    public const int InitialTooSmall = 9;

    /// <summary>Larger than the largest datagram we take.</summary>
    public const int TooLarge = 10;

    /// <summary>A queue was full.</summary>
    public const int QueueFull = 11;

    /// <summary>Would create one connection too many.</summary>
    public const int TooManyConnections = 12;

    /// <summary>Came from another place than the connection's path.</summary>
    public const int WrongPath = 13;

    /// <summary>For a connection that is closing or draining.</summary>
    public const int ConnectionClosed = 14;

    /// <summary>We accept no connections.</summary>
    public const int NotAccepting = 15;

    /// <summary>An Initial whose token is not that of the connection's first (RFC 9000 section 8.1.2).</summary>
    public const int UnexpectedToken = 16;

    /// <summary>How many reasons there are.</summary>
    public const int Count = 17;
}
