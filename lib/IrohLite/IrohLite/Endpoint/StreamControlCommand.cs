using IrohLite.Quic;

namespace IrohLite;

/// <summary>The calls on a stream that never wait.</summary>
internal sealed class StreamControlCommand : Command
{
    internal const int Finish = 0;
    internal const int Reset = 1;
    internal const int StopReading = 2;

    private readonly IrohStream _stream;
    private readonly int _kind;
    private readonly long _code;

    internal StreamControlCommand(IrohStream stream, int kind, long code)
    {
        _stream = stream;
        _kind = kind;
        _code = code;
    }

    // On a connection that has ended these calls have nothing left to do; a finish that came too late is the caller's loss of data.
    protected override bool Run(long nowMs)
    {
        QuicConnection quic = _stream.Quic;
        if (quic.IsClosed)
        {
            if (_kind == Finish && !_stream.IsWriteOver) Error = CloseText.Ended(quic.CloseInfo);
            return true;
        }

        if (_kind == StopReading)
        {
            if (_stream.IsReadOver) return true;
            quic.StopSending(_stream.Id, _code);
            _stream.IsReadOver = true;
        }
        else
        {
            if (_stream.IsWriteOver) return true;
            if (_kind == Finish) quic.Finish(_stream.Id);
            else quic.Reset(_stream.Id, _code);
            _stream.IsWriteOver = true;
        }

        _stream.Connection.ForgetIfOver(_stream);
        return true;
    }
}
