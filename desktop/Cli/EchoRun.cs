using System;
using System.Diagnostics;
using System.Threading;
using IrohLite.Desktop;

namespace IrohLite.Cli;

/// <summary>Sends bytes on a new stream and checks that the same ones come back.</summary>
internal static class EchoRun
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>One echo; returns its time in ms. The progress is told the bytes that came back so far.</summary>
    internal static double Once(IrohConnection connection, byte[] payload, int timeoutMs, Action<long>? progress)
    {
        Stopwatch watch = Stopwatch.StartNew();
        IrohStream stream = connection.OpenStream(timeoutMs);
        if (payload.Length <= ChunkBytes)
        {
            stream.WriteLast(payload, 0, payload.Length, timeoutMs);
            Check(stream, payload, timeoutMs, progress);
        }
        else
        {
            Pump(stream, payload, timeoutMs, progress);
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    // A long message is written by a second thread: the peer's windows do not hold all of it while nothing is read.
    private static void Pump(IrohStream stream, byte[] payload, int timeoutMs, Action<long>? progress)
    {
        IrohException? failure = null;
        Thread writer = new(() =>
        {
            try
            {
                for (int at = 0; at < payload.Length; at += ChunkBytes)
                    stream.Write(payload, at, Math.Min(ChunkBytes, payload.Length - at), timeoutMs);
                stream.Finish();
            }
            catch (IrohException e)
            {
                failure = e;
            }
        });
        writer.Start();
        try
        {
            Check(stream, payload, timeoutMs, progress);
        }
        catch (IrohException) when (failure != null)
        {
            throw failure;
        }
        finally
        {
            if (!stream.Connection.IsClosed) stream.StopReading(0);
            writer.Join(timeoutMs);
        }
    }

    private static void Check(IrohStream stream, byte[] payload, int timeoutMs, Action<long>? progress)
    {
        byte[] buffer = new byte[ChunkBytes];
        int received = 0;
        while (true)
        {
            int count = stream.Read(buffer, 0, buffer.Length, timeoutMs);
            if (count == 0) break;
            if (received + count > payload.Length)
                throw new UserException("echo-differs", "more came back than was sent: is this an echo service?");
            if (!buffer.AsSpan(0, count).SequenceEqual(payload.AsSpan(received, count)))
                throw new UserException("echo-differs", "what came back differs from what was sent, after byte " + received + ": is this an echo service?");
            received += count;
            progress?.Invoke(received);
        }

        if (received < payload.Length)
            throw new UserException("echo-differs", "only " + received + " of " + payload.Length + " bytes came back before the peer ended the stream");
    }
}
