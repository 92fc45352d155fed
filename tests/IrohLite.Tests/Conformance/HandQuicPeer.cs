using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Identity;
using IrohLite.Quic;
using IrohLite.Tests.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// A QUIC endpoint by hand around a <see cref="HandPeer"/>: its packets are the library's codecs, its handshake, ids and transport
/// parameters are what a test wants. It talks to one side of a <see cref="Pair"/> from an address of its own; time stands still.
/// </summary>
internal abstract class HandQuicPeer
{
    private readonly SimSide _side;
    private readonly LevelKeys[] _keys = new LevelKeys[EncryptionLevel.Count];
    private readonly long[] _next = new long[EncryptionLevel.Count];
    private readonly long[] _cryptoSent = new long[EncryptionLevel.Count];
    private readonly SortedDictionary<long, byte[]>[] _crypto = [new(), new(), new()];
    private readonly HashSet<byte[]> _taken = new(ReferenceEqualityComparer.Instance);

    protected HandQuicPeer(Pair pair, SimSide side, SimLink link)
    {
        Pair = pair;
        _side = side;
        side.OnTransmit = (datagram, transmit) =>
        {
            bool isOurs = false;
            for (int i = 0; i < transmit.PathCount; i++) isOurs |= transmit.Paths[i].SameAs(Address);
            if (!isOurs) return;
            _taken.Add(datagram);
            Received.Add(datagram);
            Open((byte[])datagram.Clone());
        };
        link.Edit = (_, datagram) => _taken.Contains(datagram) ? null : datagram;
    }

    public Pair Pair { get; }

    public SimAddress Address { get; } = new("by hand");

    /// <summary>Our id, which the library addresses.</summary>
    public ConnectionId Own { get; } = new();

    /// <summary>The library's id, which we address.</summary>
    public ConnectionId Remote { get; } = new();

    /// <summary>Datagrams of the library, oldest first.</summary>
    public List<byte[]> Received { get; } = [];

    /// <summary>Every frame received, as text, with its level: "2 HANDSHAKE_DONE".</summary>
    public List<string> Frames { get; } = [];

    /// <summary>The CONNECTION_CLOSE frames received: level, code and causing frame type.</summary>
    public List<(int Level, long Code, long FrameType)> Closes { get; } = [];

    /// <summary>What is written into Initials as token.</summary>
    public byte[] Token { get; set; } = [];

    /// <summary>Bits set in the first byte of every packet.</summary>
    public int FirstByteOr { get; set; }

    protected abstract bool IsServer { get; }

    /// <summary>Keys for a level from both sides' secrets.</summary>
    public void Install(int level, byte[] clientSecret, byte[] serverSecret)
    {
        _keys[level] ??= new LevelKeys(_side.Crypto);
        _keys[level].Install(clientSecret, 0, serverSecret, 0, !IsServer, false);
    }

    public void InstallInitial(ConnectionId dcid)
    {
        _keys[EncryptionLevel.Initial] ??= new LevelKeys(_side.Crypto);
        _keys[EncryptionLevel.Initial].InstallInitial(dcid, !IsServer);
    }

    /// <summary>Gives back the keys of a peer that is done.</summary>
    public void Release()
    {
        foreach (LevelKeys keys in _keys) keys?.Release();
    }

    /// <summary>One datagram with one packet of these frames.</summary>
    public byte[] Seal(int level, byte[] frames, int padTo = 0, long number = -1)
    {
        if (number < 0) number = _next[level]++;
        byte[] buffer = new byte[2000];
        int payload = level == EncryptionLevel.OneRtt
            ? PacketHeaderWriter.WriteShort(buffer, 0, Remote, 0, number, 4)
            : PacketHeaderWriter.WriteLong(buffer, 0, EncryptionLevel.ToPacketType(level), Remote, Own, Token, 0, Token.Length, number, 4);
        buffer[0] |= (byte)FirstByteOr;
        frames.CopyTo(buffer, payload);
        int end = Math.Max(payload + frames.Length, padTo - PacketProtector.TagSizeBytes);
        if (level != EncryptionLevel.OneRtt) PacketHeaderWriter.PatchLength(buffer, payload - 4, end + PacketProtector.TagSizeBytes);
        end = _side.Crypto.SealPacket(_keys[level].SendKeys, buffer, 0, payload - 4, payload, end, number);
        return buffer.AsSpan(0, end).ToArray();
    }

    /// <summary>An Initial whose Length field has 4 or 8 bytes instead of the 2 that suffice.</summary>
    public byte[] SealWithLongLength(byte[] frames, int lengthBytes)
    {
        long number = _next[EncryptionLevel.Initial]++;
        byte[] ids = Wire.Cat(Wire.V8(Remote.Bytes.AsSpan(0, Remote.Length).ToArray()), Wire.V8(Own.Bytes.AsSpan(0, Own.Length).ToArray()));
        byte[] head = Wire.Cat(Wire.Hex("c300000001"), ids, Wire.U8(0), new byte[lengthBytes], Wire.U16(0), Wire.U16((int)number));
        byte[] buffer = new byte[1200];
        head.CopyTo(buffer, 0);
        frames.CopyTo(buffer, head.Length);
        int numberAt = head.Length - 4;
        int length = buffer.Length - numberAt;
        buffer[numberAt - lengthBytes] = (byte)(lengthBytes == 4 ? 0x80 : 0xC0);
        buffer[numberAt - 2] = (byte)(length >> 8);
        buffer[numberAt - 1] = (byte)length;
        _side.Crypto.SealPacket(_keys[0].SendKeys, buffer, 0, numberAt, head.Length, buffer.Length - PacketProtector.TagSizeBytes, number);
        return buffer;
    }

    /// <summary>The library gets this datagram and answers.</summary>
    public void Deliver(byte[] datagram)
    {
        _side.Demux.ReceiveDatagram((byte[])datagram.Clone(), 0, datagram.Length, Address, Pair.NowMs);
        Pair.Drain();
    }

    public void Send(int level, string hex) => Deliver(Seal(level, Wire.Hex(hex), level == EncryptionLevel.Initial ? 1200 : 0));

    /// <summary>Handshake bytes in order, 1000 per datagram.</summary>
    public void SendCrypto(int level, byte[] bytes)
    {
        for (int at = 0; at < bytes.Length; at += 1000)
        {
            byte[] piece = bytes.AsSpan(at, Math.Min(1000, bytes.Length - at)).ToArray();
            Deliver(Seal(level, CryptoFrameOf(_cryptoSent[level], piece), level == EncryptionLevel.Initial ? 1200 : 0));
            _cryptoSent[level] += piece.Length;
        }
    }

    public static byte[] CryptoFrameOf(long offset, byte[] bytes) => Wire.Cat(Tamper.VarInts(FrameType.Crypto, offset, bytes.Length), bytes);

    /// <summary>The handshake bytes received at a level, as far as they are whole.</summary>
    public byte[] CryptoStream(int level)
    {
        List<byte> stream = [];
        foreach ((long offset, byte[] bytes) in _crypto[level])
        {
            if (offset > stream.Count) break;
            if (offset + bytes.Length > stream.Count) stream.AddRange(bytes.Skip((int)(stream.Count - offset)));
        }

        return stream.ToArray();
    }

    /// <summary>The library closed with this code, at every level alike.</summary>
    public void AssertClosed(long code, string at, long frameType = FrameType.Crypto)
    {
        Assert.True(Closes.Count > 0, at + ": no CONNECTION_CLOSE");
        Assert.All(Closes, close => Assert.True(close.Code == code && close.FrameType == frameType,
            at + ": code " + close.Code.ToString("x") + " frame type " + close.FrameType + " at level " + close.Level));
    }

    /// <summary>Handshake keys, as soon as the bytes received are enough for them.</summary>
    protected abstract void OnCrypto();

    private void Open(byte[] datagram)
    {
        PacketHeader header = new();
        PacketProtector protector = new(_side.Crypto);
        for (int at = 0; at < datagram.Length; at = header.PacketEnd)
        {
            if (!PacketHeaderReader.TryRead(datagram, at, datagram.Length, Own.Length, header, out _)) return;
            int level = EncryptionLevel.OfPacket(header.Type);
            if (header.Type == PacketType.Initial) OnInitial(header);
            if (level < 0 || _keys[level] == null) continue;
            int count = protector.Open(_keys[level], header, PacketNumber.None);
            if (count >= 0) Read(datagram, protector.PayloadOffset, count, level);
        }
    }

    /// <summary>Before an Initial is opened.</summary>
    protected virtual void OnInitial(PacketHeader header)
    {
        if (_crypto[EncryptionLevel.Initial].Count == 0) Remote.Set(header.Scid);
    }

    private void Read(byte[] buffer, int offset, int count, int level)
    {
        FrameWalker walker = new();
        walker.Walk(buffer, offset, count, level, !IsServer);
        Frames.AddRange(walker.Frames.Select(f => level + " " + f));
        ByteReader reader = new(buffer, offset, count);
        CryptoFrame crypto = new();
        ConnectionCloseFrame close = new();
        while (reader.Remaining > 0)
        {
            long type = FrameRules.ReadType(reader);
            if (type == FrameType.Padding) PaddingFrame.SkipRun(reader);
            else if (type == FrameType.Ack) new AckFrame().Read(reader, type);
            else if (type == FrameType.Ping || type == FrameType.HandshakeDone) continue;
            else if (type == FrameType.Crypto)
            {
                crypto.Read(reader);
                _crypto[level][crypto.Offset] = buffer.AsSpan(crypto.DataOffset, crypto.DataCount).ToArray();
            }
            else if (type == FrameType.ConnectionClose)
            {
                close.Read(reader, type);
                Closes.Add((level, close.ErrorCode, close.CausingFrameType));
            }
            else break;
        }

        OnCrypto();
    }
}
