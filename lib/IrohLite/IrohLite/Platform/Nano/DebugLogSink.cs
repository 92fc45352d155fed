using System;
using IrohLite.Diagnostics;

namespace IrohLite.Platform;

/// <summary>Writes log lines to the device's serial port.</summary>
public sealed class DebugLogSink : ILogSink
{
    /// <summary>Writes one line. Console, because Debug is silent in release builds.</summary>
    public void Write(int level, string area, string message)
    {
        Console.WriteLine(Names.OfLogLevel(level) + " " + area + ": " + message);
    }
}
