using System;
using System.Text;
using IrohLite.Crypto;
using IrohLite.Tls;

namespace IrohLite.Tests.Tls;

/// <summary>The accepting peer.</summary>
internal sealed class HandServer : HandPeer
{
    private HandSchedule _schedule;

    public HandServer(ICryptoProvider crypto)
        : base(crypto, TlsWorld.ServerSeed)
    {
    }

    /// <summary>A server without this sends no CertificateRequest.</summary>
    public bool AsksForCertificate { get; set; } = true;

    /// <summary>The key the client proved; null when it sent none.</summary>
    public byte[] ClientKey { get; private set; }

    public byte[] ClientSecret { get; private set; }

    public byte[] ServerSecret { get; private set; }

    /// <summary>The transport parameters of EncryptedExtensions.</summary>
    public byte[] Parameters { get; set; } = TlsWorld.ServerParameters;

    /// <summary>Known once the hello is sent.</summary>
    public HandSchedule Schedule => _schedule;

    /// <summary>Answers the ClientHello in <paramref name="sink"/> with ServerHello.</summary>
    public byte[] Hello(RecordingSink sink)
    {
        byte[] clientHello = sink.Sent(TlsLevel.Initial);
        Transcript = clientHello;
        byte[] share = HelloParts.Parse(clientHello).Get(51).AsSpan(6).ToArray();
        byte[] sent = Put(2, Wire.Message(2, Wire.Hex("0303"), TlsWorld.ServerRandom, Wire.V8(), Wire.Hex("1301 00"), Wire.V16(
            Wire.Extension(43, Wire.Hex("0304")),
            Wire.Extension(51, Wire.U16(0x1d), Wire.V16(PublicShare(TlsWorld.ServerShare))))));
        _schedule = new HandSchedule(Agree(TlsWorld.ServerShare, share), Transcript);
        return sent;
    }

    /// <summary>EncryptedExtensions to Finished.</summary>
    public byte[] Flight()
    {
        byte[] flight = Put(8, Wire.Message(8, Wire.V16(
            Wire.Extension(16, Wire.V16(Wire.V8(Encoding.ASCII.GetBytes(TlsWorld.Echo)))),
            Wire.Extension(19, Wire.U8(2)), Wire.Extension(20, Wire.U8(2)), Wire.Extension(57, Parameters))));
        if (AsksForCertificate) flight = Wire.Cat(flight, Put(13, Wire.Message(13, Wire.V8(), Wire.V16(Wire.Extension(13, Wire.Hex("0002 0807"))))));
        flight = Wire.Cat(flight, Put(11, Certificate()));
        flight = Wire.Cat(flight, PutVerify("server"));
        flight = Wire.Cat(flight, PutFinished(_schedule.ServerHandshake));
        ClientSecret = _schedule.ClientApplication(Transcript);
        ServerSecret = _schedule.ServerApplication(Transcript);
        return flight;
    }

    /// <summary>The whole handshake with a started client.</summary>
    public void Run(TlsHandshake client, RecordingSink sink)
    {
        byte[] hello = Hello(sink);
        client.Receive(TlsLevel.Initial, hello, 0, hello.Length);
        byte[] flight = Flight();
        client.Receive(TlsLevel.Handshake, flight, 0, flight.Length);
        ClientKey = CheckFlight("client", _schedule.ClientHandshake, sink.Sent(TlsLevel.Handshake));
    }
}
