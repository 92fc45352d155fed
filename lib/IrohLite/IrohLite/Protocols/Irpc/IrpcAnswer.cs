using IrohLite.Tickets;

namespace IrohLite.Protocols;

/// <summary>The answering side of one irpc stream: one frame for a oneshot answer, any number for a streaming one.</summary>
public sealed class IrpcAnswer
{
    /// <summary>Time one frame may wait for the client's flow-control credit, in milliseconds.</summary>
    public const int WriteTimeoutMs = 30000;

    private readonly IrohStream _stream;

    internal IrpcAnswer(IrohStream stream)
    {
        _stream = stream;
    }

    internal bool IsFinished { get; private set; }

    /// <summary>Sends one frame and ends the stream: a oneshot answer, whose reader waits for the end.</summary>
    public void SendLast(PostcardWriter payload)
    {
        PostcardWriter frame = Frame(payload);
        _stream.WriteLast(frame.Buffer, 0, frame.Count, WriteTimeoutMs);
        IsFinished = true;
    }

    /// <summary>Sends one frame of a streaming answer. Throws IrohException when the client has hung up.</summary>
    public void Send(PostcardWriter payload)
    {
        PostcardWriter frame = Frame(payload);
        _stream.Write(frame.Buffer, 0, frame.Count, WriteTimeoutMs);
    }

    internal void Finish()
    {
        if (!IsFinished) _stream.Finish();
        IsFinished = true;
    }

    private static PostcardWriter Frame(PostcardWriter payload)
    {
        PostcardWriter frame = new PostcardWriter();
        frame.WriteBytes(payload.Buffer, 0, payload.Count);
        return frame;
    }
}
