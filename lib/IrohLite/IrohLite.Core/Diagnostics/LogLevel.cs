namespace IrohLite.Diagnostics;

/// <summary>How much a log line matters; a log shows its level and everything below that number.</summary>
public static class LogLevel
{
    /// <summary>Show nothing.</summary>
    public const int Off = -1;

    /// <summary>Something the program set out to do failed.</summary>
    public const int Error = 0;

    /// <summary>Something went wrong and was survived.</summary>
    public const int Warn = 1;

    /// <summary>What an operator wants to know: connected, closed, moved.</summary>
    public const int Info = 2;

    /// <summary>What a developer wants to know.</summary>
    public const int Debug = 3;
}
