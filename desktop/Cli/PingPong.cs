using System;
using System.Diagnostics;
using IrohLite.Desktop;

namespace IrohLite.Cli;

/// <summary>One small message there and back on a stream that stays open.</summary>
internal static class PingPong
{
    /// <summary>Bytes of a ping.</summary>
    internal const int SizeBytes = 64;

    /// <summary>Returns the time in ms.</summary>
    internal static double Once(IrohStream stream, int number, int timeoutMs)
    {
        byte[] sent = new byte[SizeBytes];
        BitConverter.TryWriteBytes(sent, number);
        byte[] received = new byte[SizeBytes];
        Stopwatch watch = Stopwatch.StartNew();
        stream.Write(sent, 0, SizeBytes, timeoutMs);
        for (int at = 0; at < SizeBytes;)
        {
            int count = stream.Read(received, at, SizeBytes - at, timeoutMs);
            if (count == 0) throw new UserException("echo-differs", "the peer ended the stream: is this an echo service?");
            at += count;
        }

        if (!sent.AsSpan().SequenceEqual(received))
            throw new UserException("echo-differs", "what came back differs from what was sent: is this an echo service?");
        return watch.Elapsed.TotalMilliseconds;
    }
}
