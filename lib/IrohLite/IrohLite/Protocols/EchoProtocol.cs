using System.Threading;
using IrohLite.Diagnostics;

namespace IrohLite.Protocols;

/// <summary>Sends back what it receives, stream by stream, until the peer closes: the protocol of iroh's echo example.</summary>
public sealed class EchoProtocol : IProtocolHandler
{
    /// <summary>The name of iroh's own example.</summary>
    public const string Alpn = "iroh-example/echo/0";

    /// <summary>The name in the ESP32 examples.</summary>
    public const string ShortAlpn = "echo/0";

    private readonly int _bufferBytes;
    private readonly IrohLog _log;

    /// <summary>An echo that copies through a buffer of this many bytes per connection and tells a log (null = none) what it did.</summary>
    public EchoProtocol(int bufferBytes, ILogSink log)
    {
        _bufferBytes = bufferBytes;
        _log = new IrohLog(log, "echo", LogLevel.Info);
    }

    /// <summary>Copies one stream after another back to its sender.</summary>
    public void Handle(IrohConnection connection)
    {
        byte[] buffer = new byte[_bufferBytes];
        while (true)
        {
            IrohStream stream = connection.AcceptStream(Timeout.Infinite);
            if (stream == null) break;
            _log.Info("Got bidi stream");
            long copied = Copy(stream, buffer);
            if (_log.IsOn(LogLevel.Info)) _log.Info("Copied over " + copied.ToString() + " byte(s)");
        }

        _log.Info("Connection closed");
    }

    private static long Copy(IrohStream stream, byte[] buffer)
    {
        long copied = 0;
        while (true)
        {
            int count = stream.Read(buffer, 0, buffer.Length, Timeout.Infinite);
            if (count == 0)
            {
                stream.Finish();
                return copied;
            }

            stream.Write(buffer, 0, count, Timeout.Infinite);
            copied += count;
        }
    }
}
