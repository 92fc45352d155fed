using System;

namespace IrohLite.Quic;

/// <summary>
/// Where a connection is in its life: Idle, Handshaking, Established, then Closing (we closed) or Draining (the peer did, or
/// nobody will answer any more), Over. It changes only through the verbs here, and each checks what comes before it.
/// </summary>
internal sealed class ConnectionState
{
    private const int Idle = 0;
    private const int Handshaking = 1;
    private const int Established = 2;
    private const int Closing = 3;
    private const int Draining = 4;
    private const int Over = 5;

    private int _value;

    /// <summary>Nothing authentic has arrived, and nothing was sent.</summary>
    public bool IsIdle => _value == Idle;

    public bool IsHandshaking => _value == Handshaking;

    public bool IsEstablished => _value == Established;

    public bool IsClosing => _value == Closing;

    public bool IsDraining => _value == Draining;

    public bool IsOver => _value == Over;

    /// <summary>Frames are exchanged.</summary>
    public bool IsOpen => _value == Established || _value == Handshaking;

    /// <summary>The application is told that the connection has ended.</summary>
    public bool IsClosed => _value >= Closing;

    /// <summary>Both sides know that the handshake is complete (RFC 9001 section 4.1.2).</summary>
    public bool IsConfirmed { get; private set; }

    /// <summary>Null until the connection is closed.</summary>
    public QuicCloseInfo CloseInfo { get; private set; }

    /// <summary>When a closing connection is forgotten.</summary>
    public long EndMs { get; private set; } = Deadline.Never;

    public void Start() => Move(Idle, Handshaking);

    public void Establish() => Move(Handshaking, Established);

    public void Confirm()
    {
        if (_value != Established) throw new InvalidOperationException("confirmed before the handshake");
        IsConfirmed = true;
    }

    /// <summary>We close; packets that still come are answered until <paramref name="endMs"/>.</summary>
    public void BeginClosing(QuicCloseInfo info, long endMs)
    {
        if (!IsOpen) throw new InvalidOperationException("closed already");
        _value = Closing;
        CloseInfo = info;
        EndMs = endMs;
    }

    /// <summary>The connection ended without us; nothing is sent any more, except one answer to the peer's close.</summary>
    public void BeginDraining(QuicCloseInfo info)
    {
        if (!IsOpen) throw new InvalidOperationException("closed already");
        _value = Draining;
        CloseInfo = info;
    }

    /// <summary>Nothing is left to do.</summary>
    public void End()
    {
        if (!IsClosed) throw new InvalidOperationException("ended before it was closed");
        _value = Over;
        EndMs = Deadline.Never;
    }

    private void Move(int from, int to)
    {
        if (_value != from) throw new InvalidOperationException("connection state " + _value.ToString() + " cannot become " + to.ToString());
        _value = to;
    }
}
