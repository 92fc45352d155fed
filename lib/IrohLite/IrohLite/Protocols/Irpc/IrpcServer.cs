using System.Threading;
using IrohLite.Tickets;

namespace IrohLite.Protocols;

/// <summary>
/// The framing of n0's irpc: one bidirectional stream per request, a LEB128 length and that many postcard bytes each way, the end of
/// the stream behind the answer. Requests of one connection are answered one after the other, in the order of their streams.
/// </summary>
public sealed class IrpcServer : IProtocolHandler
{
    /// <summary>Longest request accepted, in bytes; irpc itself allows 16 MiB, the sensor protocols need 300.</summary>
    public const int MaxRequestBytes = 1024;

    /// <summary>Time a request may take to arrive, in milliseconds.</summary>
    public const int RequestTimeoutMs = 30000;

    /// <summary>Time a client has to end its side once it is answered, in milliseconds.</summary>
    public const int EndTimeoutMs = 2000;

    private const int TooLong = -1;
    private const int Undecodable = -2;
    private const int MaxLengthBytes = 10;

    private readonly IIrpcService _service;

    /// <summary>Serves one protocol.</summary>
    public IrpcServer(IIrpcService service)
    {
        _service = service;
    }

    /// <summary>Answers requests until the connection ends, or a request is refused.</summary>
    public void Handle(IrohConnection connection)
    {
        byte[] request = new byte[MaxRequestBytes];
        while (true)
        {
            IrohStream stream = connection.AcceptStream(Timeout.Infinite);
            if (stream == null) return;
            try
            {
                if (!Serve(connection, stream, request)) return;
            }
            catch (IrohException failure)
            {
                // A reset or a stop ends this answer only (irpc: the client lost interest).
                bool streamOnly = failure.Error == IrohError.StreamReset || failure.Error == IrohError.StreamStopped;
                if (!streamOnly) throw;
                stream.Reset(0);
                stream.StopReading(0);
            }
        }
    }

    private bool Serve(IrohConnection connection, IrohStream stream, byte[] request)
    {
        int count = ReadRequest(stream, request);
        if (count == TooLong)
        {
            connection.Close(1, "request exceeded max message size");
            return false;
        }

        IrpcAnswer answer = new IrpcAnswer(stream);
        if (count == Undecodable || !_service.Answer(connection, new PostcardReader(request, 0, count), answer))
        {
            connection.Close(0, "");
            return false;
        }

        answer.Finish();
        AwaitEnd(stream, request);
        return true;
    }

    // What stands behind the frame is never looked at. The end is waited for all the same: a client that is asked to stop before it has
    // ended its side may answer only when it lets go of the stream, and until then the stream takes one of the few places.
    private static void AwaitEnd(IrohStream stream, byte[] buffer)
    {
        try
        {
            for (int discarded = 0; discarded < MaxRequestBytes;)
            {
                int read = stream.Read(buffer, 0, buffer.Length, EndTimeoutMs);
                if (read == 0) return;
                discarded += read;
            }
        }
        catch (IrohException failure)
        {
            if (failure.Error != IrohError.Timeout) throw;
        }

        stream.StopReading(0);
    }

    private static int ReadRequest(IrohStream stream, byte[] buffer)
    {
        byte[] one = new byte[1];
        byte[] prefix = new byte[MaxLengthBytes];
        int prefixBytes = 0;
        do
        {
            if (prefixBytes == MaxLengthBytes || stream.Read(one, 0, 1, RequestTimeoutMs) == 0) return Undecodable;
            prefix[prefixBytes++] = one[0];
        }
        while (one[0] >= 0x80);

        if (!new PostcardReader(prefix, 0, prefixBytes).TryReadUInt64(out long length)) return Undecodable;
        if (length < 0 || length > buffer.Length) return TooLong;

        int count = 0;
        while (count < length)
        {
            int read = stream.Read(buffer, count, (int)length - count, RequestTimeoutMs);
            if (read == 0) return Undecodable;
            count += read;
        }

        return count == 0 ? Undecodable : count;
    }
}
