using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;

namespace IrohLite.Tests.Conformance;

/// <summary>Dials the server of a pair by hand.</summary>
internal sealed class HandQuicClient : HandQuicPeer
{
    private readonly RecordingSink _sink = new();

    public HandQuicClient(Pair pair, byte[] ownId = null)
        : base(pair, pair.Server, pair.ToClient)
    {
        pair.Server.Demux.Alpns = [TlsWorld.Echo];
        byte[] original = Wire.Hex("8394c8f03e515708");
        byte[] own = ownId ?? Wire.Hex("c0c1c2c3c4c5c6c7");
        Own.Set(own, 0, own.Length);
        Remote.Set(original, 0, original.Length);
        InstallInitial(Remote);
        Tls = new HandClient(pair.Server.Crypto)
        {
            Parameters = Wire.Cat(Wire.Hex("010480007530030244b0040260000502500006025000080101"), Parameter(15, own)),
        };
    }

    public HandClient Tls { get; }

    protected override bool IsServer => false;

    /// <summary>One transport parameter with an id and a length below 64.</summary>
    public static byte[] Parameter(int id, params byte[] value) => Wire.Cat(Wire.U8(id), Wire.V8(value));

    public void SendHello() => SendCrypto(EncryptionLevel.Initial, Tls.Hello());

    /// <summary>Certificate, CertificateVerify and Finished; after them 1-RTT packets can be sent and opened.</summary>
    public void SendFlight()
    {
        _sink.SendHandshake(1, CryptoStream(1), 0, CryptoStream(1).Length);
        byte[] flight = Tls.Flight(_sink);
        Install(EncryptionLevel.OneRtt, Tls.ClientSecret, Tls.ServerSecret);
        SendCrypto(EncryptionLevel.Handshake, flight);
    }

    public HandQuicClient Connect()
    {
        SendHello();
        SendFlight();
        return this;
    }

    protected override void OnCrypto()
    {
        if (Tls.Schedule != null || CryptoStream(0).Length == 0) return;
        Tls.ReadHello(CryptoStream(0));
        Install(EncryptionLevel.Handshake, Tls.Schedule.ClientHandshake, Tls.Schedule.ServerHandshake);
    }
}
