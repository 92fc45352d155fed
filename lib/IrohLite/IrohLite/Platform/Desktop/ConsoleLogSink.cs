using System;
using IrohLite.Diagnostics;

namespace IrohLite.Platform;

/// <summary>Writes log lines to the standard error stream, so that they do not mix with a program's output.</summary>
public sealed class ConsoleLogSink : ILogSink
{
    /// <summary>Writes one line.</summary>
    public void Write(int level, string area, string message)
    {
        Console.Error.WriteLine(Names.OfLogLevel(level) + " " + area + ": " + message);
    }
}
