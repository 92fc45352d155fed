using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Identity;

namespace IrohLite.Interop;

/// <summary>Transfers with their times, in ms.</summary>
internal static class Measurements
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>One echo on a new stream: "text", or "size" bytes of a pattern.</summary>
    internal static JsonObject Echo(IrohConnection connection, JsonObject request)
    {
        Stopwatch watch = Stopwatch.StartNew();
        byte[] payload = PayloadOf(request);
        byte[] received = EchoOnce(connection, payload, Peer.TimeoutOf(request));
        JsonObject result = new()
        {
            ["ms"] = watch.Elapsed.TotalMilliseconds,
            ["same"] = received.AsSpan().SequenceEqual(payload),
            ["bytes"] = received.Length,
            ["keyUpdates"] = connection.KeyUpdates,
        };
        if (received.Length <= 1000) result["text"] = Encoding.UTF8.GetString(received);
        return result;
    }

    /// <summary>"count" messages of "size" bytes to and fro on one stream.</summary>
    internal static JsonObject PingPong(IrohConnection connection, JsonObject request)
    {
        int timeoutMs = Peer.TimeoutOf(request);
        byte[] message = PayloadOf(request);
        byte[] answer = new byte[message.Length];
        double[] times = new double[(int)request["count"]!];
        IrohStream stream = connection.OpenStream(timeoutMs);
        for (int i = 0; i < times.Length; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            stream.Write(message, 0, message.Length, timeoutMs);
            for (int got = 0; got < answer.Length;)
            {
                int count = stream.Read(answer, got, answer.Length - got, timeoutMs);
                if (count == 0) throw new InvalidOperationException("the echo ended early");
                got += count;
            }

            times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            if (!answer.AsSpan().SequenceEqual(message)) throw new InvalidOperationException("the echo differs");
        }

        stream.Finish();
        return new JsonObject { ["ms"] = ArrayOf(times) };
    }

    /// <summary>
    /// "count" times: dial, echo "size" bytes when there are any, close with 0 "bye!"; "parallel" threads share the count. Gives the
    /// times until the connection stood and until the echo was back.
    /// </summary>
    internal static JsonObject Dials(IrohEndpoint endpoint, EndpointAddr addr, JsonObject request)
    {
        int count = (int)request["count"]!;
        int parallel = (int?)request["parallel"] ?? 1;
        byte[] payload = PayloadOf(request);
        List<double> connected = [];
        List<double> echoed = [];
        Exception? failure = null;
        int started = 0;
        void Work()
        {
            while (failure == null && Interlocked.Increment(ref started) <= count)
            {
                try
                {
                    (double connectMs, double echoMs) = DialOnce(endpoint, addr, Peer.AlpnOf(request), payload, Peer.TimeoutOf(request));
                    lock (connected)
                    {
                        connected.Add(connectMs);
                        echoed.Add(echoMs);
                    }
                }
                catch (Exception e)
                {
                    failure = e;
                }
            }
        }

        Thread[] threads = Enumerable.Range(1, parallel - 1).Select(_ => new Thread(Work)).ToArray();
        foreach (Thread thread in threads) thread.Start();
        Work();
        foreach (Thread thread in threads) thread.Join();
        if (failure != null) throw failure;
        return new JsonObject { ["connectMs"] = ArrayOf(connected), ["echoMs"] = ArrayOf(echoed) };
    }

    /// <summary>What this process has used: CPU time and resident memory.</summary>
    internal static JsonObject Usage()
    {
        using Process self = Process.GetCurrentProcess();
        return new JsonObject
        {
            ["cpuMs"] = self.TotalProcessorTime.TotalMilliseconds,
            ["residentBytes"] = self.WorkingSet64,
            ["heapBytes"] = GC.GetTotalMemory(false),
            ["gc"] = new JsonArray(GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2), GC.GetTotalAllocatedBytes()),
        };
    }

    private static (double ConnectMs, double EchoMs) DialOnce(IrohEndpoint endpoint, EndpointAddr addr, string alpn, byte[] payload, int timeoutMs)
    {
        long begin = Stopwatch.GetTimestamp();
        IrohConnection connection = endpoint.Connect(addr, alpn, timeoutMs);
        double connectMs = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        if (payload.Length > 0 && !EchoOnce(connection, payload, timeoutMs).AsSpan().SequenceEqual(payload))
            throw new InvalidOperationException("the echo differs");
        double echoMs = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        connection.Close(0, "bye!");
        return (connectMs, echoMs);
    }

    private static byte[] EchoOnce(IrohConnection connection, byte[] payload, int timeoutMs)
    {
        IrohStream stream = connection.OpenStream(timeoutMs);
        byte[] received = new byte[payload.Length + 1];
        if (payload.Length <= ChunkBytes)
        {
            stream.WriteLast(payload, 0, payload.Length, timeoutMs);
            return received[..ReadToEnd(stream, received, timeoutMs)];
        }

        // A long message is written by a second thread: the windows do not hold all of it while nothing is read.
        Exception? failure = null;
        Thread writer = new(() =>
        {
            try
            {
                stream.WriteLast(payload, 0, payload.Length, timeoutMs);
            }
            catch (IrohException e)
            {
                failure = e;
            }
        });
        writer.Start();
        int count = ReadToEnd(stream, received, timeoutMs);
        writer.Join();
        if (failure != null) throw failure;
        return received[..count];
    }

    private static int ReadToEnd(IrohStream stream, byte[] received, int timeoutMs)
    {
        int total = 0;
        while (total < received.Length)
        {
            int count = stream.Read(received, total, received.Length - total, timeoutMs);
            if (count == 0) return total;
            total += count;
        }

        throw new InvalidOperationException("more came back than was sent");
    }

    private static byte[] PayloadOf(JsonObject request)
    {
        if ((string?)request["text"] is string text) return Encoding.UTF8.GetBytes(text);
        byte[] payload = new byte[(int?)request["size"] ?? 0];
        for (int i = 0; i < payload.Length; i++) payload[i] = (byte)((i * 31) ^ (i >> 8));
        return payload;
    }

    private static JsonArray ArrayOf(IEnumerable<double> values) => new(values.Select(value => (JsonNode)Math.Round(value, 4)).ToArray());
}
