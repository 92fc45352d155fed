using IrohLite.Identity;
using IrohLite.Quic;

namespace IrohLite.Portable;

/// <summary>One endpoint of a <see cref="VirtualPair"/>. It can send back what it receives, one stream at a time.</summary>
internal sealed class VirtualSide
{
    private const int PollBytes = 1500;

    private readonly byte[] _buffer = new byte[2 * PollBytes];
    private readonly Transmit _transmit = new Transmit();
    private readonly QuicEvent _event = new QuicEvent();
    private readonly byte[] _echo = new byte[1000];
    private int _echoAt;
    private int _echoCount;

    public VirtualSide(string name, QuicConfig config, int seed)
    {
        TestRandom random = new TestRandom(seed);
        Path = new VirtualPath(name);
        Key = SecretKey.Generate(random, TestCrypto.New());
        Demux = new QuicDemux(config, Key, TestCrypto.New(), random);
    }

    public VirtualPath Path { get; }

    public SecretKey Key { get; }

    public QuicDemux Demux { get; }

    /// <summary>The connection that was established last.</summary>
    public QuicConnection Connected { get; private set; }

    /// <summary>Closed events so far.</summary>
    public int ClosedCount { get; private set; }

    public bool IsEchoing { get; set; }

    /// <summary>Takes what the link has for this side at an offset that is not zero.</summary>
    public void Receive(VirtualLink link, PathAddress from, long nowMs)
    {
        int count;
        while ((count = link.Receive(_buffer, 3, PollBytes, nowMs)) >= 0) Demux.ReceiveDatagram(_buffer, 3, count, from, nowMs);
    }

    /// <summary>Sends and reports until there is nothing left.</summary>
    public void Drain(VirtualLink link, long nowMs)
    {
        bool isBusy = true;
        while (isBusy)
        {
            isBusy = false;
            int count;
            while ((count = Demux.PollTransmit(_buffer, 5, PollBytes, _transmit, nowMs)) > 0)
            {
                link.Send(_buffer, 5, count, nowMs);
                isBusy = true;
            }

            while (Demux.PollEvent(_event))
            {
                OnEvent();
                isBusy = true;
            }
        }
    }

    private void OnEvent()
    {
        if (_event.Kind == QuicEventKind.Connected) Connected = _event.Connection;
        else if (_event.Kind == QuicEventKind.Closed) ClosedCount++;
        else if (IsEchoing && _event.StreamId != StreamId.None) Echo(_event.Connection, _event.StreamId);
    }

    private void Echo(QuicConnection connection, long stream)
    {
        while (true)
        {
            if (_echoCount == 0)
            {
                int read = connection.Read(stream, _echo, 0, _echo.Length);
                if (read == ReadResult.End) connection.Finish(stream);
                if (read <= 0) return;
                _echoAt = 0;
                _echoCount = read;
            }

            int written = connection.Write(stream, _echo, _echoAt, _echoCount);
            _echoAt += written;
            _echoCount -= written;
            if (_echoCount > 0) return;
        }
    }
}
