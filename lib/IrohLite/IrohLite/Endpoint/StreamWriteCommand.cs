using System;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>A write to a stream: waits until the transport has taken every byte.</summary>
internal sealed class StreamWriteCommand : ParkedCommand
{
    private readonly IrohStream _stream;

    internal StreamWriteCommand(IrohStream stream)
    {
        _stream = stream;
    }

    internal byte[] Buffer { get; set; }

    internal int Offset { get; set; }

    internal int Count { get; set; }

    /// <summary>The stream ends behind these bytes.</summary>
    internal bool IsLast { get; set; }

    protected override bool Attempt(long nowMs)
    {
        QuicConnection quic = _stream.Quic;
        if (quic.IsClosed)
        {
            Error = CloseText.Ended(quic.CloseInfo);
            return true;
        }

        if (_stream.IsStopped)
        {
            Error = new IrohException(IrohError.StreamStopped, "the peer does not want to read the stream any more");
            return true;
        }

        if (_stream.IsWriteOver) throw new InvalidOperationException("the stream was finished or reset");
        if (Count > 0)
        {
            int taken = quic.Write(_stream.Id, Buffer, Offset, Count);
            Offset += taken;
            Count -= taken;
            if (Count > 0) return false;
        }

        if (IsLast)
        {
            quic.Finish(_stream.Id);
            _stream.IsWriteOver = true;
            _stream.Connection.ForgetIfOver(_stream);
        }

        return true;
    }
}
