using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IrohLite.Identity;
using IrohLite.Relay;
using IrohLite.Tests;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>Relay frames, whole and in pieces: both ways the same comes out.</summary>
internal sealed class RelayFrameTarget : FuzzTarget, IRelayFrameHandler
{
    private HashCode _seen;
    private long _datagramBytes;

    public RelayFrameTarget()
    {
        Seeds.AddRange(Golden.Hex("iroh/iroh-wire.json", "relay_frames", "hex").Where(f => f.Length > 0));
        byte[] batch = new byte[1 + 32 + 1 + 2 + 2500];
        batch[0] = RelayFrameType.RelayToClientDatagramBatch;
        batch[34] = 0x04;
        batch[35] = 0xB0;
        Seeds.Add(batch);
    }

    public override string Name => "relay-frame";

    // Two readers with their rooms.
    public override long AllocationBytes => 8192;

    public void OnDatagram(byte[] source, byte[] buffer, int offset, int count)
    {
        _seen.Add(count);
        _seen.AddBytes(buffer.AsSpan(offset, count));
        _seen.AddBytes(source.AsSpan(0, 32));
        _datagramBytes += count;
    }

    public string OnFrame(int type, byte[] payload, int count)
    {
        _seen.Add(type);
        _seen.AddBytes(payload.AsSpan(0, count));
        return null;
    }

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        bool authenticated = random.Below(8) != 0;
        int version = 1 + random.Below(2);
        int whole = Feed(buffer, offset, count, authenticated, version, null, out string error);
        int pieces = Feed(buffer, offset, count, authenticated, version, random, out string pieceError);
        Demand(error == pieceError, "another error in pieces: " + error + " / " + pieceError);
        if (error == null) Demand(whole == pieces, "something else in pieces");
    }

    private int Feed(byte[] buffer, int offset, int count, bool authenticated, int version, SimRandom cuts, out string error)
    {
        _seen = default;
        _datagramBytes = 0;
        RelayFrameReader reader = new(this) { IsAuthenticated = authenticated, Version = version };
        int at = 0;
        bool good = true;
        while (good && (at < count || (at == 0 && count == 0)))
        {
            int size = cuts == null ? count : Math.Min(count - at, 1 + cuts.Below(cuts.Below(3) == 0 ? 3 : 1500));
            good = reader.Receive(buffer, offset + at, size, at + size == count);
            at += size;
            if (count == 0) break;
        }

        error = reader.Error;
        Demand(good == (error == null), "refused without a reason");
        Demand(_datagramBytes <= count, "more came out than went in");
        return _seen.ToHashCode();
    }
}

/// <summary>A WebSocket stream of either direction, whole and in pieces.</summary>
internal sealed class WebSocketTarget : FuzzTarget
{
    private readonly bool _fromClient;
    private readonly byte[] _copy = new byte[Mutator.MaxBytes];

    public WebSocketTarget(bool fromClient)
    {
        _fromClient = fromClient;
        byte[] mask = fromClient ? new byte[] { 1, 2, 3, 4 } : null;
        foreach (int size in new[] { 0, 5, 125, 126, 1300 })
            foreach (int opcode in new[] { WebSocketFrame.Binary, WebSocketFrame.Ping, WebSocketFrame.Pong, WebSocketFrame.Close, WebSocketFrame.Text })
            {
                if (size > 125 && opcode >= WebSocketFrame.Close) continue;
                byte[] frame = new byte[WebSocketFrame.HeaderBytes(size, fromClient) + size];
                int head = WebSocketFrame.WriteHeader(frame, 0, opcode, size, mask);
                if (opcode == WebSocketFrame.Close && size >= 2) (frame[^size], frame[^(size - 1)]) = (3, 0xE8);
                Seeds.Add(frame.Concat(frame).ToArray());
            }
    }

    public override string Name => _fromClient ? "websocket-client" : "websocket-server";

    public override long AllocationBytes => 4096;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        ulong whole = Feed(buffer, offset, count, null, out string error);
        ulong pieces = Feed(buffer, offset, count, random, out string pieceError);
        Demand(error == pieceError, "another error in pieces: " + error + " / " + pieceError);
        Demand(whole == pieces, "something else in pieces");
    }

    private ulong Feed(byte[] buffer, int offset, int count, SimRandom cuts, out string error)
    {
        // Unmasked in place: each way needs its own copy.
        Array.Copy(buffer, offset, _copy, 0, count);
        WebSocketReader reader = new(_fromClient, 3000);
        ulong seen = 14695981039346656037;
        int given = 0;
        int at = 0;
        int events = 0;
        while (at < count && reader.Error == null)
        {
            int size = cuts == null ? count : Math.Min(count - at, 1 + cuts.Below(cuts.Below(3) == 0 ? 4 : 700));
            reader.Feed(_copy, at, size);
            for (int next = reader.Next(); next != WebSocketEvent.NeedBytes && next != WebSocketEvent.Error; next = reader.Next())
            {
                Demand(++events <= 2 * count + 2, "events without end");
                if (next == WebSocketEvent.Data)
                {
                    Demand(reader.DataOffset >= at && reader.DataOffset + reader.DataCount <= at + size, "data outside what was fed");
                    given += reader.DataCount;
                    seen = Mix(seen, _copy.AsSpan(reader.DataOffset, reader.DataCount));
                    if (reader.IsMessageEnd) seen = seen * 31 + 7;
                }
                else
                {
                    seen = seen * 31 + (ulong)next;
                    seen = Mix(seen, reader.Control.AsSpan(0, reader.ControlCount));
                    if (next == WebSocketEvent.Close) seen = seen * 31 + (ulong)reader.CloseCode;
                }
            }

            at += size;
        }

        Demand(given <= count, "more came out than went in");
        error = reader.Error;
        return seen;
    }

    // Byte by byte, so that it is the same however the bytes are cut.
    private static ulong Mix(ulong seen, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes) seen = (seen ^ value) * 1099511628211;
        return seen;
    }
}

/// <summary>The relay's answer to the upgrade request.</summary>
internal sealed class UpgradeTarget : FuzzTarget
{
    private readonly RelayUrl _url;

    public UpgradeTarget()
    {
        RelayUrl.TryParse("http://127.0.0.1:3340/", out _url, out _);
        WebSocketUpgrade upgrade = new(_url, null, new SimRandom(1));
        string request = Encoding.ASCII.GetString(upgrade.Request);
        string key = request.Split("\r\n").First(l => l.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(' ')[1];
        Seeds.Add(Encoding.ASCII.GetBytes("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: "
            + WebSocketUpgrade.AcceptFor(key) + "\r\nsec-websocket-protocol: iroh-relay-v2\r\n\r\n"));
        Seeds.Add(Encoding.ASCII.GetBytes("HTTP/1.1 403 Forbidden\r\ncontent-length: 4\r\n\r\nnope"));
    }

    public override string Name => "upgrade";

    public override int Weight => 300;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        WebSocketUpgrade upgrade = new(_url, null, new SimRandom(1));
        int at = 0;
        while (at < count && !upgrade.IsComplete && upgrade.Error == null)
        {
            int size = Math.Min(count - at, 1 + random.Below(400));
            int used = upgrade.Receive(buffer, offset + at, size);
            Demand(used is >= 0 && used <= size && (used == size || upgrade.IsComplete || upgrade.Error != null), "used more or less than it should");
            at += used;
        }

        Demand(!upgrade.IsComplete || (upgrade.Error == null && upgrade.Version is 1 or 2), "complete, but no relay");
    }
}

/// <summary>A whole session: a good upgrade and confirmation, then damage.</summary>
internal sealed class RelaySessionTarget : FuzzTarget, IRelaySink
{
    private readonly RelayUrl _url;
    private readonly Crypto.ICryptoProvider _crypto = CryptoProviders.Any();
    private readonly SecretKey _key;
    private readonly byte[] _out = new byte[4096];
    private readonly byte[] _head;

    public RelaySessionTarget()
    {
        _key = SecretKey.Generate(new SimRandom(9), _crypto);
        UpgradeTarget upgrade = new();
        RelayUrl.TryParse("http://127.0.0.1:3340/", out _url, out _);
        // Online behind this: the frames of the seeds are what an authenticated relay sends.
        _head = upgrade.Seeds[0].Concat(new byte[] { 0x82, 0x01, RelayFrameType.ServerConfirmsAuth }).ToArray();
        foreach (byte[] frame in new RelayFrameTarget().Seeds)
        {
            byte[] message = new byte[WebSocketFrame.HeaderBytes(frame.Length, false) + frame.Length];
            WebSocketFrame.WriteHeader(message, 0, WebSocketFrame.Binary, frame.Length, null);
            frame.CopyTo(message, message.Length - frame.Length);
            Seeds.Add(message);
        }
    }

    public override string Name => "relay-session";

    public override int Weight => 200;

    public override long AllocationBytes => 48 * 1024;

    public void OnDatagram(byte[] source, int sourceOffset, byte[] buffer, int offset, int count) =>
        Demand(count is >= 0 and <= 1500 && offset + count <= buffer.Length, "a datagram out of bounds");

    public void OnEndpointGone(byte[] id, int offset)
    {
    }

    public void OnStatus(int code)
    {
    }

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        RelayClientSession session = new(_url, _key, null, _crypto, new SimRandom(1), this, 8192, 0);
        while (session.PollOutput(_out, 0, _out.Length, 0) > 0)
        {
        }

        session.Receive((byte[])_head.Clone(), 0, _head.Length, 1);
        Demand(session.State == RelayState.Online, "not online: " + session.FailureReason);
        int cut = random.Below(count + 1);
        session.Receive(buffer, offset, cut, 2);
        if (session.State == RelayState.Online) session.Receive(buffer, offset + cut, count - cut, 3);
        int written = 0;
        int size;
        while ((size = session.PollOutput(_out, 0, _out.Length, 4)) > 0) Demand((written += size) <= 16 * 1024, "answers without end");
        Demand(session.QueuedBytes <= 8192, "a queue above its limit");
        Demand(session.State != RelayState.Failed || session.FailureReason != null, "failed without a reason");
    }
}
