using System;
using System.Text;
using IrohLite.Crypto;
using IrohLite.Tls;

namespace IrohLite.Tests.Tls;

/// <summary>The dialing peer.</summary>
internal sealed class HandClient : HandPeer
{
    private HandSchedule _schedule;
    private byte[] _hello;

    public HandClient(ICryptoProvider crypto)
        : base(crypto, TlsWorld.ClientSeed)
    {
    }

    /// <summary>The key the server proved.</summary>
    public byte[] ServerKey { get; private set; }

    public byte[] ClientSecret { get; private set; }

    public byte[] ServerSecret { get; private set; }

    /// <summary>The transport parameters of the hello.</summary>
    public byte[] Parameters { get; set; } = TlsWorld.ClientParameters;

    /// <summary>Known once the server's hello is.</summary>
    public HandSchedule Schedule => _schedule;

    public byte[] Hello() => Put(1, Wire.Message(1, Wire.Hex("0303"), TlsWorld.ClientRandom, Wire.V8(), Wire.V16(Wire.Hex("1301")), Wire.V8(Wire.U8(0)), Wire.V16(
        Wire.Extension(10, Wire.V16(Wire.U16(0x1d))),
        Wire.Extension(13, Wire.V16(Wire.U16(0x0807))),
        Wire.Extension(16, Wire.V16(Wire.V8(Encoding.ASCII.GetBytes(TlsWorld.Echo)))),
        Wire.Extension(19, Wire.V8(Wire.U8(2))), Wire.Extension(20, Wire.V8(Wire.U8(2))),
        Wire.Extension(43, Wire.V8(Wire.U16(0x0304))),
        Wire.Extension(51, Wire.V16(Wire.U16(0x1d), Wire.V16(PublicShare(TlsWorld.ClientShare)))),
        Wire.Extension(57, Parameters))));

    /// <summary>Takes in the server's hello, which makes the keys of the Handshake level.</summary>
    public void ReadHello(byte[] serverHello)
    {
        _hello = serverHello;
        Transcript = Wire.Cat(Transcript, serverHello);
        byte[] share = HelloParts.Parse(serverHello).Get(51).AsSpan(4).ToArray();
        _schedule = new HandSchedule(Agree(TlsWorld.ClientShare, share), Transcript);
    }

    /// <summary>Takes in the server's flight and answers with Certificate, CertificateVerify and Finished.</summary>
    public byte[] Flight(RecordingSink sink)
    {
        if (_hello == null) ReadHello(sink.Sent(TlsLevel.Initial));
        ServerKey = CheckFlight("server", _schedule.ServerHandshake, sink.Sent(TlsLevel.Handshake));
        ClientSecret = _schedule.ClientApplication(Transcript);
        ServerSecret = _schedule.ServerApplication(Transcript);
        return Wire.Cat(Put(11, Certificate()), PutVerify("client"), PutFinished(_schedule.ClientHandshake));
    }

    /// <summary>The whole handshake with a started server.</summary>
    public void Run(TlsHandshake server, RecordingSink sink)
    {
        byte[] hello = Hello();
        server.Receive(TlsLevel.Initial, hello, 0, hello.Length);
        byte[] flight = Flight(sink);
        server.Receive(TlsLevel.Handshake, flight, 0, flight.Length);
    }
}
