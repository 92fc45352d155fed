using System;
using System.Collections.Generic;
using IrohLite.Buffers;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using IrohLite.Tls;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>The readers of single handshake messages, without keys.</summary>
internal sealed class TlsMessageTarget : FuzzTarget
{
    private readonly byte[][] _alpns = Alpn.Encode(new[] { TlsWorld.Echo, "echo/0" });
    private readonly ByteReader _reader = new();

    public TlsMessageTarget() => Seeds.AddRange(Golden.TlsMessages());

    public override string Name => "tls-message";

    public override int Weight => 1500;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        if (count < 4) return;
        _reader.Reset(buffer, offset + 4, count - 4);
        // The type of the header, or any other reader for the same body.
        int type = random.Below(4) == 0 ? random.Below(30) : buffer[offset];
        try
        {
            switch (type)
            {
                case 1:
                    ClientHello hello = new();
                    hello.Read(_reader, _alpns);
                    Demand(hello.ShareOffset < offset + count && hello.ParametersOffset + hello.ParametersCount <= offset + count, "an offset outside the message");
                    break;
                case 2: Inside(ServerHello.Read(_reader), 32, offset, count); break;
                case 4: NewSessionTicket.Check(_reader); break;
                case 8: new EncryptedExtensions().Read(_reader, _alpns); break;
                case 11: Inside(CertificateMessage.Read(_reader, TlsAlert.DecodeError), 32, offset, count); break;
                case 13: CertificateRequest.Read(_reader); break;
                case 15: Inside(CertificateVerify.Read(_reader), 64, offset, count); break;
                case 20: Inside(Finished.Read(_reader), 32, offset, count); break;
            }

            Demand(_reader.Position >= offset + 4 && _reader.Position + _reader.Remaining == offset + count, "parsed and rest are not the input");
        }
        catch (Exception refused) when (refused is TlsAlertException or MalformedException)
        {
        }
    }

    private static void Inside(int at, int size, int offset, int count) =>
        Demand(at >= offset + 4 && at + size <= offset + count, "a field outside the message");
}

/// <summary>Whole handshakes of both roles with a damaged flight, cut at any place.</summary>
internal sealed class TlsHandshakeTarget : FuzzTarget
{
    private readonly TlsWorld _world;
    private readonly byte[] _serverHello;
    private readonly byte[] _serverFlight;
    private readonly byte[] _clientHello;
    private readonly byte[] _clientFlight;

    public TlsHandshakeTarget()
    {
        // Curve operations are computed afresh for damaged inputs: remembering them would be growth.
        _world = new TlsWorld(Tests.CryptoProviders.Any());
        (TlsServerHandshake server, RecordingSink serverSink) = _world.Server();
        (TlsClientHandshake client, RecordingSink clientSink) = _world.Client();
        Couple.Run(client, clientSink, server, serverSink);
        _serverHello = serverSink.Sent(TlsLevel.Initial);
        _serverFlight = serverSink.Sent(TlsLevel.Handshake);
        _clientHello = clientSink.Sent(TlsLevel.Initial);
        _clientFlight = clientSink.Sent(TlsLevel.Handshake);
        Seeds.AddRange(new List<byte[]> { _serverHello, _serverFlight, _clientHello, _clientFlight });
    }

    public override string Name => "tls-handshake";

    public override int Weight => 20;

    public override long AllocationBytes => 256 * 1024;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        try
        {
            TlsHandshake handshake;
            int level = TlsLevel.Handshake;
            bool isOriginal;
            switch (random.Below(4))
            {
                case 0: handshake = _world.Server().Server; level = TlsLevel.Initial; isOriginal = false; break;
                case 1: handshake = _world.Client().Client; level = TlsLevel.Initial; isOriginal = false; break;
                case 2:
                    handshake = _world.Client().Client;
                    handshake.Receive(TlsLevel.Initial, _serverHello, 0, _serverHello.Length);
                    isOriginal = buffer.AsSpan(offset, count).StartsWith(_serverFlight);
                    break;
                default:
                    handshake = _world.Server().Server;
                    handshake.Receive(TlsLevel.Initial, _clientHello, 0, _clientHello.Length);
                    isOriginal = buffer.AsSpan(offset, count).StartsWith(_clientFlight);
                    break;
            }

            int cut = random.Below(count + 1);
            handshake.Receive(level, buffer, offset, cut);
            handshake.Receive(level, buffer, offset + cut, count - cut);
            Demand(!handshake.IsComplete || isOriginal, "completed with damaged bytes");
        }
        catch (TlsAlertException refused)
        {
            Demand(refused.Alert is > 0 and < 256, "no alert");
        }
    }
}
