using System;
using IrohLite.Identity;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;

namespace IrohLite.Tests.Conformance;

/// <summary>Accepts the client of a pair by hand.</summary>
internal sealed class HandQuicServer : HandQuicPeer
{
    private readonly RecordingSink _sink = new();
    private readonly ConnectionId _original = new();
    private readonly byte[] _own;

    public HandQuicServer(Pair pair, byte[] ownId = null)
        : base(pair, pair.Client, pair.ToServer)
    {
        _own = ownId ?? Wire.Hex("d0d1d2d3d4d5d6d7");
        Own.Set(_own, 0, _own.Length);
        Tls = new HandServer(pair.Client.Crypto);
    }

    public HandServer Tls { get; }

    /// <summary>The library's dial.</summary>
    public QuicConnection Dialed { get; private set; }

    /// <summary>Changes the transport parameters before they are sent.</summary>
    public Func<byte[], byte[]> EditParameters { get; set; } = p => p;

    /// <summary>The destination id of the client's first Initial.</summary>
    public byte[] Original => _original.Bytes.AsSpan(0, _original.Length).ToArray();

    protected override bool IsServer => true;

    /// <summary>The library dials; its hello has arrived after this.</summary>
    public void Dial()
    {
        byte[] id = new byte[32];
        Pair.Client.Crypto.Ed25519PublicKey(TlsWorld.ServerSeed, 0, id, 0);
        Dialed = Pair.Client.Demux.Connect(EndpointId.FromBytes(id, 0), [TlsWorld.Echo], [Address], Pair.NowMs);
        Pair.Drain();
        _sink.SendHandshake(0, CryptoStream(0), 0, CryptoStream(0).Length);
        Tls.Parameters = EditParameters(Wire.Cat(Wire.Hex("010480007530030244b0040260000502500006025000080101"),
            HandQuicClient.Parameter(15, _own), HandQuicClient.Parameter(0, Original)));
    }

    /// <summary>Our ServerHello, changed at will.</summary>
    public void SendHello(Func<byte[], byte[]> edit = null)
    {
        byte[] hello = Tls.Hello(_sink);
        Install(EncryptionLevel.Handshake, Tls.Schedule.ClientHandshake, Tls.Schedule.ServerHandshake);
        SendCrypto(EncryptionLevel.Initial, edit == null ? hello : edit(hello));
    }

    /// <summary>EncryptedExtensions to Finished; after them 1-RTT packets can be sent and opened.</summary>
    public void SendFlight()
    {
        byte[] flight = Tls.Flight();
        Install(EncryptionLevel.OneRtt, Tls.ClientSecret, Tls.ServerSecret);
        SendCrypto(EncryptionLevel.Handshake, flight);
    }

    public HandQuicServer Connect()
    {
        Dial();
        SendHello();
        SendFlight();
        return this;
    }

    protected override void OnInitial(PacketHeader header)
    {
        if (_original.Length == 0)
        {
            _original.Set(header.Dcid);
            InstallInitial(_original);
        }

        base.OnInitial(header);
    }

    protected override void OnCrypto()
    {
    }
}
