using System.IO;
using IrohLite.Diagnostics;

namespace IrohLite.Desktop;

/// <summary>
/// The board's serial line: what the router and the echo service do goes there in the words of the ESP32 example; warnings and errors
/// of everything else go to the second writer.
/// </summary>
internal sealed class SerialLog(TextWriter serial, TextWriter trouble) : ILogSink
{
    /// <inheritdoc/>
    public void Write(int level, string area, string message)
    {
        if (level <= LogLevel.Warn) lock (trouble) trouble.WriteLine(area + ": " + message);
        else if (area is "router" or "echo") lock (serial) serial.WriteLine(message);
    }
}
