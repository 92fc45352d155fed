using IrohLite.Quic;

namespace IrohLite;

/// <summary>A read of a stream: waits for the first bytes.</summary>
internal sealed class StreamReadCommand : ParkedCommand
{
    private readonly IrohStream _stream;

    internal StreamReadCommand(IrohStream stream)
    {
        _stream = stream;
    }

    internal byte[] Buffer { get; set; }

    internal int Offset { get; set; }

    internal int Count { get; set; }

    /// <summary>Bytes read; 0 at the end.</summary>
    internal int Result { get; private set; }

    protected override bool Attempt(long nowMs)
    {
        QuicConnection quic = _stream.Quic;
        Result = 0;

        // A close discards what was not read yet (RFC 9000 section 10.2).
        if (quic.IsClosed && !_stream.IsReadOver)
        {
            Error = CloseText.Ended(quic.CloseInfo);
            return true;
        }

        if (_stream.IsReadOver) return true;
        int count = quic.Read(_stream.Id, Buffer, Offset, Count);
        if (count == ReadResult.Nothing) return false;
        if (count > 0)
        {
            Result = count;
            return true;
        }

        if (count == ReadResult.Reset)
        {
            long code = quic.ResetCode(_stream.Id);
            Error = new IrohException(IrohError.StreamReset, "the peer gave up the stream with code " + code.ToString(), null, code);
        }

        _stream.IsReadOver = true;
        _stream.Connection.ForgetIfOver(_stream);
        return true;
    }
}
