namespace IrohLite.Quic;

/// <summary>One bidirectional stream: a place in the <see cref="StreamTable"/>, used again and again.</summary>
internal sealed class QuicStream
{
    public const int EventOpened = 1;
    public const int EventReadable = 2;
    public const int EventWritable = 4;
    public const int EventStopped = 8;

    public QuicStream(int sendBufferBytes, int windowBytes)
    {
        Send = new SendStream(sendBufferBytes);
        Receive = new ReceiveStream(windowBytes);
        Id = StreamId.None;
    }

    /// <summary>None while the place is free.</summary>
    public long Id { get; private set; }

    public readonly SendStream Send;

    public readonly ReceiveStream Receive;

    /// <summary>Events the application has not polled yet.</summary>
    public int Events;

    public bool IsDone => Send.IsDone && Receive.IsDone;

    public void Open(long id, long peerLimit)
    {
        Id = id;
        Events = 0;
        Send.Open(peerLimit);
        Receive.Open();
    }

    public void Free()
    {
        Id = StreamId.None;
        Events = 0;
    }
}
