using System;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Protection;

/// <summary>What the device repeats for every packet allocates nothing: header, frames, key phase, both directions.</summary>
public class SteadyStateTests
{
    // No cryptography, so that only the library's own allocations count: number in clear, nothing authenticated.
    private sealed class NoCrypto : ICryptoProvider
    {
        public string Name => "none";
        public int CreatePacketKeys(byte[] secret, int secretOffset, bool updatable) => 1;
        public void RotatePacketKeys(int keys, long firstPacketNumber) { }
        public void DropPreviousPacketKeys(int keys) { }
        public void ReleasePacketKeys(int keys) { }

        public int OpenPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived, long[] opened)
        {
            opened[0] = PacketNumber.Decode(largestReceived, (buffer[packetNumberOffset] << 8) | buffer[packetNumberOffset + 1], 2);
            opened[1] = packetNumberOffset + 2;
            opened[2] = PacketKeyGeneration.Current;
            return packetEnd - 16 - packetNumberOffset - 2;
        }

        public int SealPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber) => payloadEnd + 16;

        public void X25519PublicKey(byte[] a, int b, byte[] c, int d) => throw new NotSupportedException();
        public bool X25519Agree(byte[] a, int b, byte[] c, int d, byte[] e, int f) => throw new NotSupportedException();
        public void Ed25519PublicKey(byte[] a, int b, byte[] c, int d) => throw new NotSupportedException();
        public void Ed25519Sign(byte[] a, int b, byte[] c, int d, byte[] e, int f, int g, byte[] h, int i) => throw new NotSupportedException();
        public bool Ed25519Verify(byte[] a, int b, byte[] c, int d, int e, byte[] f, int g) => throw new NotSupportedException();
        public bool Ed25519IsPoint(byte[] a, int b) => throw new NotSupportedException();
        public void Sha256(byte[] a, int b, int c, byte[] d, int e) => throw new NotSupportedException();
        public void HmacSha256(byte[] a, int b, int c, byte[] d, int e, int f, byte[] g, int h) => throw new NotSupportedException();
        public void HkdfExpandLabel(byte[] a, int b, byte[] c, byte[] d, int e, int f, byte[] g, int h, int i) => throw new NotSupportedException();
        public void Blake3DeriveKey(byte[] a, int b, byte[] c, int d, int e, byte[] f, int g) => throw new NotSupportedException();
        public void AesGcmSeal(byte[] a, int b, byte[] c, int d, byte[] e, int f, int g, byte[] h, int i, int j) => throw new NotSupportedException();
        public bool AesGcmOpen(byte[] a, int b, byte[] c, int d, byte[] e, int f, int g, byte[] h, int i, int j) => throw new NotSupportedException();
        public void AesEncryptBlock(byte[] a, int b, byte[] c, int d, byte[] e, int f) => throw new NotSupportedException();
    }

    private readonly ConnectionId _id = Expectations.Id("0102030405060708");
    private readonly byte[] _buffer = new byte[1232];
    private readonly byte[] _data = Enumerable.Range(0, 1000).Select(i => (byte)i).ToArray();
    private readonly ByteWriter _writer = new(new byte[1], 0, 1);
    private readonly ByteReader _reader = new();
    private readonly RangeSet _received = new(32);
    private readonly PacketHeader _header = new();
    private readonly AckFrame _ack = new();
    private readonly StreamFrame _stream = new();
    private readonly NoCrypto _crypto = new();

    [Fact]
    public void A_thousand_packets_each_way_allocate_nothing()
    {
        LevelKeys keys = new(_crypto);
        keys.Install(new byte[32], 0, new byte[32], 0, true, true);
        PacketProtector protector = new(_crypto);
        KeyPhase phase = new(_crypto, keys);
        for (int i = 0; i < 20; i++) _received.Add(3 * i, 3 * i + 1);
        RunOne(protector, keys, phase, 0);

        long before = GC.GetAllocatedBytesForCurrentThread();
        long sum = 0;
        for (int number = 1; number <= 1000; number++) sum += RunOne(protector, keys, phase, number);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(1000 * (20 + 1000 + 100), sum);
        Assert.Equal(0, allocated);
    }

    private int RunOne(PacketProtector protector, LevelKeys keys, KeyPhase phase, long number)
    {
        int length = Math.Max(2, PacketNumber.EncodedLength(number, PacketNumber.None));
        int payload = PacketHeaderWriter.WriteShort(_buffer, 0, _id, phase.SendBit, number, length);
        _writer.Reset(_buffer, payload, 1200 - payload - PacketProtector.TagSizeBytes);
        int ranges = AckFrame.RangesThatFit(_received, 25, 120, 32);
        AckFrame.Write(_writer, _received, 25, ranges);
        phase.OnAckSent(_received.Largest);
        long type = StreamFrame.TypeOf(1000 * number, false, true);
        StreamFrame.WriteHeader(_writer, type, 4, 1000 * number, 1000);
        _writer.WriteBytes(_data, 0, 1000);
        int padding = _writer.Reserve(100);
        PaddingFrame.Write(_buffer, padding, 100);
        int end = protector.Seal(keys, _buffer, 0, payload - length, payload, _writer.Position, number);

        if (!PacketHeaderReader.TryRead(_buffer, 0, end, 8, _header, out _)) return -1;
        int count = protector.Open(keys, _header, number - 1);
        phase.OnPacketOpened(protector.Generation, protector.PacketNumber, number - 1, number + 1, 100, 0);
        _reader.Reset(_buffer, protector.PayloadOffset, count);
        int sum = 0;
        while (_reader.Remaining > 0)
        {
            type = FrameRules.ReadType(_reader);
            FrameRules.Check(type, EncryptionLevel.OneRtt, true);
            if (FrameType.IsStream(type))
            {
                _stream.Read(_reader, type);
                sum += _stream.DataCount;
            }
            else if (type == FrameType.Ack)
            {
                _ack.Read(_reader, type);
                phase.OnAckReceived(number - 1, protector.Generation);
                sum += _ack.RangeCount;
            }
            else sum += 1 + PaddingFrame.SkipRun(_reader);
        }
        return sum;
    }
}
