namespace IrohLite.Diagnostics;

/// <summary>Words for the numbers that logs and users see. The device's runtime has no names for enum members, so they stand here.</summary>
public static class Names
{
    /// <summary>The word for a <see cref="LogLevel"/>.</summary>
    public static string OfLogLevel(int level)
    {
        switch (level)
        {
            case LogLevel.Error: return "error";
            case LogLevel.Warn: return "warn";
            case LogLevel.Info: return "info";
            case LogLevel.Debug: return "debug";
            default: return Unknown(level);
        }
    }

    /// <summary>A few words for a <see cref="DropReason"/>.</summary>
    public static string OfDropReason(int reason)
    {
        switch (reason)
        {
            case DropReason.None: return "not dropped";
            case DropReason.Truncated: return "truncated";
            case DropReason.MalformedHeader: return "malformed header";
            case DropReason.UnknownVersion: return "unknown version";
            case DropReason.UnexpectedType: return "unexpected packet type";
            case DropReason.UnknownConnection: return "unknown connection";
            case DropReason.NoKeys: return "no keys";
            case DropReason.NotAuthentic: return "not authentic";
            case DropReason.Duplicate: return "duplicate";
            case DropReason.InitialTooSmall: return "initial too small";
            case DropReason.TooLarge: return "too large";
            case DropReason.QueueFull: return "queue full";
            case DropReason.TooManyConnections: return "too many connections";
            case DropReason.WrongPath: return "wrong path";
            case DropReason.ConnectionClosed: return "connection closed";
            case DropReason.NotAccepting: return "not accepting";
            case DropReason.UnexpectedToken: return "unexpected token";
            default: return Unknown(reason);
        }
    }

    private static string Unknown(int number)
    {
        return "#" + number.ToString();
    }
}
