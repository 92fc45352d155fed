using System;
using System.Collections.Generic;
using IrohLite.Buffers;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>Headers of the packets of a datagram, one behind the other.</summary>
internal sealed class PacketTarget : FuzzTarget
{
    private readonly PacketHeader _header = new();

    public PacketTarget() => Seeds.AddRange(Golden.Datagrams());

    public override string Name => "packet";

    public override int Weight => 2000;

    public override long AllocationBytes => 64;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        int at = offset;
        int end = offset + count;
        int parsed = 0;
        while (at < end)
        {
            if (!PacketHeaderReader.TryRead(buffer, at, end, Limits.LocalCidBytes, _header, out int reason))
            {
                Demand(reason != DropReason.None, "a refusal without a reason");
                break;
            }

            Demand(reason == DropReason.None, "a reason without a refusal");
            Demand(_header.PacketEnd > at && _header.PacketEnd <= end, "the packet ends outside the datagram");
            if (_header.Version == PacketHeader.Version1 && _header.Type != PacketType.Retry)
                Demand(_header.PacketNumberOffset > at && _header.PacketEnd - _header.PacketNumberOffset >= PacketHeaderReader.MinProtectedBytes, "no room for a sample");
            Demand(_header.TokenCount >= 0 && (_header.TokenCount == 0 || _header.TokenOffset + _header.TokenCount <= end), "the token ends outside the datagram");
            parsed += _header.PacketEnd - at;
            at = _header.PacketEnd;
        }

        Demand(parsed + (end - at) == count, "parsed and rest are not the input");
    }
}

/// <summary>Frames of all types, read by the codecs as a connection reads them.</summary>
internal sealed class FrameTarget : FuzzTarget
{
    private readonly ByteReader _reader = new();
    private readonly AckFrame _ack = new();
    private readonly StreamFrame _stream = new();
    private readonly CryptoFrame _crypto = new();
    private readonly NewConnectionIdFrame _newId = new();
    private readonly ConnectionCloseFrame _close = new();

    public FrameTarget()
    {
        Seeds.Add(Tamper.VarInts(FrameType.Ack, 500, 20, 3, 10, 0, 5, 1, 1, 30, 2));
        Seeds.Add(Tamper.VarInts(FrameType.AckEcn, 9, 0, 1, 2, 3, 1, 7, 8, 9));
        Seeds.Add(Tamper.VarInts(FrameType.Ping, 0, 0, 0, FrameType.MaxData, 70000, FrameType.MaxStreamData, 4, 9000));
        Seeds.Add(Tamper.VarInts(FrameType.ResetStream, 8, 3, 100, FrameType.StopSending, 8, 1, FrameType.DataBlocked, 5));
        Seeds.Add(Tamper.VarInts(FrameType.StreamDataBlocked, 0, 1, FrameType.MaxStreamsBidirectional, 9, FrameType.StreamsBlockedBidirectional, 9, FrameType.RetireConnectionId, 1));
        byte[] id = new byte[2 + 1 + 1 + 8 + 16];
        id[0] = (byte)FrameType.NewConnectionId;
        id[1] = 2;
        id[3] = 8;
        Seeds.Add(id);
        Seeds.Add(new byte[] { 0x1A, 1, 2, 3, 4, 5, 6, 7, 8, 0x1B, 1, 2, 3, 4, 5, 6, 7, 8, 0x1E, 0x07, 2, 9, 9 });
        Seeds.Add(new byte[] { 0x1C, 0x0A, 0x08, 3, 0x61, 0x62, 0x63 });
        Seeds.Add(new byte[] { 0x1D, 0x07, 4, 0x62, 0x79, 0x65, 0x21 });
        Seeds.Add(new byte[] { 0x0F, 0, 5, 2, 1, 2, 0x0A, 4, 2, 1, 2, 0x08, 8, 1, 2, 3 });
        Seeds.Add(new byte[] { 0x06, 0, 4, 1, 0, 0, 0, 0x31, 2, 1, 2, 0x30, 7 });
    }

    public override string Name => "frame";

    public override int Weight => 2000;

    public override long AllocationBytes => 2048;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        _reader.Reset(buffer, offset, count);
        int level = random.Below(8) == 0 ? EncryptionLevel.Initial : EncryptionLevel.OneRtt;
        try
        {
            while (_reader.Remaining > 0)
            {
                int before = _reader.Position;
                long type = FrameRules.ReadType(_reader);
                FrameRules.Check(type, level, random.Below(2) == 0);
                Read(type);
                Demand(_reader.Position > before, "no progress");
                Demand(_reader.Position - offset + _reader.Remaining == count, "parsed and rest are not the input");
            }
        }
        catch (TransportException refused)
        {
            Demand(!TransportErrorCode.Text(refused.Code).Contains("UNKNOWN"), "an unknown code");
        }
    }

    private void Read(long type)
    {
        if (FrameType.IsStream(type))
        {
            _stream.Read(_reader, type);
            Demand(_stream.DataCount >= 0 && _stream.DataOffset + _stream.DataCount <= _reader.Position, "stream data outside the frame");
            return;
        }

        switch (type)
        {
            case FrameType.Ack: case FrameType.AckEcn: ReadAck(type); break;
            case FrameType.Padding: PaddingFrame.SkipRun(_reader); break;
            case FrameType.Crypto:
                _crypto.Read(_reader);
                Demand(_crypto.DataOffset + _crypto.DataCount <= _reader.Position, "CRYPTO data outside the frame");
                break;
            case FrameType.NewToken: NewTokenFrame.Read(_reader, out _); break;
            case FrameType.ResetStream: ResetStreamFrame.Read(_reader, out _, out _, out _); break;
            case FrameType.StopSending: StopSendingFrame.Read(_reader, out _, out _); break;
            case FrameType.MaxData: MaxDataFrame.Read(_reader); break;
            case FrameType.MaxStreamData: MaxStreamDataFrame.Read(_reader, out _, out _); break;
            case FrameType.MaxStreamsBidirectional: case FrameType.MaxStreamsUnidirectional: MaxStreamsFrame.Read(_reader, type); break;
            case FrameType.DataBlocked: DataBlockedFrame.Read(_reader); break;
            case FrameType.StreamDataBlocked: StreamDataBlockedFrame.Read(_reader, out _, out _); break;
            case FrameType.StreamsBlockedBidirectional: case FrameType.StreamsBlockedUnidirectional: StreamsBlockedFrame.Read(_reader, type); break;
            case FrameType.NewConnectionId:
                _newId.Read(_reader);
                Demand(_newId.Id.Length is > 0 and <= ConnectionId.MaxSizeBytes && _newId.RetirePriorTo <= _newId.Sequence, "NEW_CONNECTION_ID out of bounds");
                break;
            case FrameType.RetireConnectionId: RetireConnectionIdFrame.Read(_reader); break;
            case FrameType.PathChallenge: PathChallengeFrame.Read(_reader); break;
            case FrameType.PathResponse: PathResponseFrame.Read(_reader); break;
            case FrameType.ConnectionClose: case FrameType.ApplicationClose:
                _close.Read(_reader, type);
                Demand(_close.ReasonText(_reader.Buffer).Length <= ConnectionCloseFrame.MaxReasonBytes, "a long reason");
                break;
        }
    }

    private void ReadAck(long type)
    {
        _ack.Read(_reader, type);
        long above = long.MaxValue;
        for (int i = 0; i < _ack.RangeCount; i++)
        {
            Demand(_ack.Smallest(i) >= 0 && _ack.Smallest(i) <= _ack.Largest(i) && _ack.Largest(i) < above - 1, "ACK ranges out of order");
            above = _ack.Smallest(i);
        }
    }
}

/// <summary>Transport parameters of either side.</summary>
internal sealed class ParametersTarget : FuzzTarget
{
    public ParametersTarget()
    {
        Seeds.Add(Convert.FromHexString("010480007530030244b00402600005025000060250000801010f08c0c1c2c3c4c5c6c7"));
        Seeds.Add(Convert.FromHexString("010480007530030244b00402600005025000060250000801010f08d0d1d2d3d4d5d6d700088394c8f03e515708"));
        Seeds.Add(Convert.FromHexString("0c000e01040b01190a0103021000112233445566778899aabbccddeeff00112ab200200144b0"));
    }

    public override string Name => "parameters";

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        try
        {
            TransportParameters read = TransportParametersReader.Read(buffer, offset, count, random.Below(2) == 0);
            Demand(read.AckDelayExponent is >= 0 and <= 20 && read.MaxUdpPayloadBytes >= 1200 && read.ActiveConnectionIdLimit >= 2, "a value out of its range");
        }
        catch (TransportException refused)
        {
            Demand(refused.Code == TransportErrorCode.TransportParameterError, "a wrong code");
        }
    }
}

/// <summary>Damaged frames, sealed with the keys of a living connection, and damaged datagrams beside it.</summary>
internal sealed class ConnectionTarget : FuzzTarget
{
    private readonly FrameTarget _frames = new();
    private readonly Mutator _mutator = new();
    private readonly List<byte[]> _datagrams = Golden.Datagrams();
    private Pair _pair;
    private int _uses;

    public ConnectionTarget() => Seeds.AddRange(_frames.Seeds);

    public override string Name => "connection";

    public override int Weight => 150;

    // A fresh pair of endpoints is part of it now and then.
    public override long AllocationBytes => 4 * 1024 * 1024;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        if (_pair == null || ++_uses > 200 || !_pair.Accepted.IsEstablished)
        {
            _pair = new Pair(random.Next()).Connect();
            _pair.RunFor(50);
            _uses = 0;
        }

        if (random.Below(4) == 0)
        {
            int size = _mutator.Make(_datagrams, random);
            _pair.Server.Demux.ReceiveDatagram(_mutator.Buffer, 0, size, _pair.Client.Address, _pair.NowMs);
            _pair.Drain();
            Demand(_pair.Accepted.IsEstablished, "an unauthenticated datagram ended the connection");
        }
        else if (count is > 0 and <= 1100)
        {
            Tamper.SendToServer(_pair, buffer.AsSpan(offset, count).ToArray());
            Demand(_pair.Accepted.IsEstablished || _pair.Accepted.CloseInfo != null, "closed without a reason");
        }

        Demand(_pair.Server.Demux.ConnectionCount <= _pair.Server.Config.MaxConnections, "more connections than allowed");
        Demand(_pair.Accepted.Streams.Places <= 8, "more streams than allowed");
    }
}
