using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Quic;

namespace IrohLite.Tests.Quic;

/// <summary>Decodes all frames of a payload with the library's codecs, describes them, and writes them again.</summary>
internal sealed class FrameWalker
{
    private readonly ByteReader _reader = new();
    private readonly AckFrame _ack = new();
    private readonly StreamFrame _stream = new();
    private readonly CryptoFrame _crypto = new();
    private readonly NewConnectionIdFrame _newId = new();
    private readonly ConnectionCloseFrame _close = new();

    /// <summary>One text per frame, in the words of the vector files.</summary>
    public List<string> Frames { get; } = new();

    /// <summary>The frames as the library writes them.</summary>
    public byte[] Rewritten { get; private set; }

    /// <summary>Largest number acknowledged in the payload, or -1.</summary>
    public long LargestAcked { get; private set; }

    /// <summary>Walks the payload as received at a level; malformed frames throw TransportException.</summary>
    public void Walk(byte[] buffer, int offset, int count, int level, bool sentByServer)
    {
        Frames.Clear();
        LargestAcked = -1;
        _reader.Reset(buffer, offset, count);
        ByteWriter writer = new(new byte[count + 64], 0, count + 64);
        while (_reader.Remaining > 0)
        {
            long type = FrameRules.ReadType(_reader);
            FrameRules.Check(type, level, sentByServer);
            One(type, buffer, writer);
        }
        Rewritten = writer.Buffer.AsSpan(0, writer.Written).ToArray();
    }

    private void One(long type, byte[] buffer, ByteWriter writer)
    {
        if (FrameType.IsStream(type))
        {
            _stream.Read(_reader, type);
            Frames.Add($"STREAM id={_stream.StreamId} off={_stream.Offset} len={_stream.DataCount} fin={(_stream.Fin ? 1 : 0)} type=0x{type:x}");
            StreamFrame.WriteHeader(writer, type, _stream.StreamId, _stream.Offset, _stream.DataCount);
            writer.WriteBytes(buffer, _stream.DataOffset, _stream.DataCount);
            return;
        }
        switch (type)
        {
            case FrameType.Padding:
                int run = 1 + PaddingFrame.SkipRun(_reader);
                Frames.Add($"PADDING x{run}");
                PaddingFrame.Write(writer.Buffer, writer.Reserve(run), run);
                break;
            case FrameType.Ping:
                Frames.Add("PING");
                PingFrame.Write(writer);
                break;
            case FrameType.Ack or FrameType.AckEcn:
                Ack(type, writer);
                break;
            case FrameType.ResetStream:
                ResetStreamFrame.Read(_reader, out long id, out long code, out long size);
                Frames.Add($"RESET_STREAM id={id} code={code} size={size}");
                ResetStreamFrame.Write(writer, id, code, size);
                break;
            case FrameType.StopSending:
                StopSendingFrame.Read(_reader, out id, out code);
                Frames.Add($"STOP_SENDING id={id} code={code}");
                StopSendingFrame.Write(writer, id, code);
                break;
            case FrameType.Crypto:
                _crypto.Read(_reader);
                Frames.Add($"CRYPTO off={_crypto.Offset} len={_crypto.DataCount}");
                CryptoFrame.WriteHeader(writer, _crypto.Offset, _crypto.DataCount);
                writer.WriteBytes(buffer, _crypto.DataOffset, _crypto.DataCount);
                break;
            case FrameType.MaxData:
                long value = MaxDataFrame.Read(_reader);
                Frames.Add($"MAX_DATA {value}");
                MaxDataFrame.Write(writer, value);
                break;
            case FrameType.MaxStreamData:
                MaxStreamDataFrame.Read(_reader, out id, out value);
                Frames.Add($"MAX_STREAM_DATA id={id} {value}");
                MaxStreamDataFrame.Write(writer, id, value);
                break;
            case FrameType.MaxStreamsBidirectional or FrameType.MaxStreamsUnidirectional:
                value = MaxStreamsFrame.Read(_reader, type);
                Frames.Add($"MAX_STREAMS {value} type=0x{type:x}");
                MaxStreamsFrame.Write(writer, type, value);
                break;
            case FrameType.NewConnectionId:
                _newId.Read(_reader);
                string token = Convert.ToHexStringLower(buffer, _newId.TokenOffset, 16);
                Frames.Add($"NEW_CONNECTION_ID seq={_newId.Sequence} retire_prior_to={_newId.RetirePriorTo} cid={_newId.Id} token={token}");
                NewConnectionIdFrame.Write(writer, _newId.Sequence, _newId.RetirePriorTo, _newId.Id, buffer, _newId.TokenOffset);
                break;
            case FrameType.RetireConnectionId:
                value = RetireConnectionIdFrame.Read(_reader);
                Frames.Add($"RETIRE_CONNECTION_ID {value}");
                RetireConnectionIdFrame.Write(writer, value);
                break;
            case FrameType.PathChallenge:
                value = PathChallengeFrame.Read(_reader);
                Frames.Add($"PATH_CHALLENGE {value:x16}");
                PathChallengeFrame.Write(writer, value);
                break;
            case FrameType.PathResponse:
                value = PathResponseFrame.Read(_reader);
                Frames.Add($"PATH_RESPONSE {value:x16}");
                PathResponseFrame.Write(writer, value);
                break;
            case FrameType.ConnectionClose or FrameType.ApplicationClose:
                _close.Read(_reader, type);
                string frameType = _close.IsApplication ? "None" : _close.CausingFrameType.ToString();
                Frames.Add($"CONNECTION_CLOSE type=0x{type:x} code={_close.ErrorCode} frame_type={frameType} reason={_close.ReasonText(buffer)}");
                ConnectionCloseFrame.Write(writer, _close.IsApplication, _close.ErrorCode, _close.CausingFrameType, buffer, _close.ReasonOffset, _close.ReasonCount);
                break;
            case FrameType.HandshakeDone:
                Frames.Add("HANDSHAKE_DONE");
                HandshakeDoneFrame.Write(writer);
                break;
            default:
                throw new InvalidOperationException($"no transcript holds frame 0x{type:x}");
        }
    }

    private void Ack(long type, ByteWriter writer)
    {
        _ack.Read(_reader, type);
        LargestAcked = _ack.LargestAcked;
        RangeSet set = new(_ack.RangeCount);
        for (int i = _ack.RangeCount - 1; i >= 0; i--) set.Add(_ack.Smallest(i), _ack.Largest(i));
        Frames.Add("ACK ranges=[" + string.Join(", ", Enumerable.Range(0, set.Count).Reverse().Select(i => $"[{set.Start(i)}, {set.EndInclusive(i)}]"))
            + $"] delay_raw={_ack.EncodedDelay}");
        int start = writer.Position;
        AckFrame.Write(writer, set, _ack.EncodedDelay, set.Count);
        if (!_ack.HasEcnCounts) return;
        // The library never sends ECN counts; the test adds them.
        writer.Buffer[start] = (byte)type;
        writer.WriteVarInt(_ack.Ect0Count);
        writer.WriteVarInt(_ack.Ect1Count);
        writer.WriteVarInt(_ack.CongestionCount);
    }
}
