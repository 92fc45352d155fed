using System;
using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>The dialing side (RFC 8446 appendix A.1). It insists that the server proves the dialed id.</summary>
public sealed class TlsClientHandshake : TlsHandshake
{
    // Everything in a ClientHello but the ALPN list, the server name and the transport parameters.
    private const int FixedHelloBytes = 160;

    private bool _isCertificateRequested;

    /// <summary>Creates the handshake. Every property of the configuration but TransportParameters must be set.</summary>
    public TlsClientHandshake(TlsConfig config, ITlsSink sink)
        : base(config, sink)
    {
        if (config.ExpectedPeer == null) throw new InvalidOperationException("a client must know the id it dials");
    }

    /// <inheritdoc/>
    public override void Start()
    {
        CheckNotStarted();
        byte[] random = new byte[TlsConstants.HashBytes];
        byte[] publicKey = new byte[TlsConstants.HashBytes];
        Config.Random.Fill(random, 0, random.Length);
        MakeKeyPair(publicKey);

        byte[] name = EndpointName.Encode(Config.ExpectedPeer);
        byte[] parameters = OwnParameters();
        ByteWriter writer = BeginWrite(FixedHelloBytes + Tls.Alpn.ListBytes(AlpnBytes) + name.Length + parameters.Length);
        ClientHello.Write(writer, random, publicKey, name, AlpnBytes, parameters);
        Transcript.Commit(writer.Position);
        SendHello();
    }

    /// <summary>Begins with a ready ClientHello instead of an own one; its key share must be that of the random source.</summary>
    internal void StartWith(byte[] hello)
    {
        CheckNotStarted();
        MakeKeyPair(new byte[TlsConstants.HashBytes]);
        Transcript.Append(hello, 0, hello.Length);
        SendHello();
    }

    internal override bool Expects(int type)
    {
        switch (State)
        {
            case TlsState.WaitServerHello: return type == HandshakeType.ServerHello;
            case TlsState.WaitEncryptedExtensions: return type == HandshakeType.EncryptedExtensions;
            case TlsState.WaitCertificateOrRequest: return type == HandshakeType.CertificateRequest || type == HandshakeType.Certificate;
            case TlsState.WaitCertificate: return type == HandshakeType.Certificate;
            case TlsState.WaitCertificateVerify: return type == HandshakeType.CertificateVerify;
            case TlsState.WaitFinished: return type == HandshakeType.Finished;
            default: return type == HandshakeType.NewSessionTicket;
        }
    }

    internal override void Process(int type, ByteReader body)
    {
        switch (type)
        {
            case HandshakeType.ServerHello:
                OnServerHello(body);
                break;
            case HandshakeType.EncryptedExtensions:
                OnEncryptedExtensions(body);
                break;
            case HandshakeType.CertificateRequest:
                CertificateRequest.Read(body);
                _isCertificateRequested = true;
                State = TlsState.WaitCertificate;
                break;
            case HandshakeType.Certificate:
                OnCertificate(body);
                break;
            case HandshakeType.CertificateVerify:
                VerifySignature(body, true);
                State = TlsState.WaitFinished;
                break;
            case HandshakeType.Finished:
                OnFinished(body);
                break;
            default:
                // RFC 8446 section 4.6.1: tickets may come after the handshake; we never resume.
                NewSessionTicket.Check(body);
                break;
        }
    }

    private void SendHello()
    {
        State = TlsState.WaitServerHello;
        ListenFromHere();
        SendFrom(0, TlsLevel.Initial);
    }

    private void OnServerHello(ByteReader body)
    {
        int share = ServerHello.Read(body);
        byte[] shared = new byte[TlsConstants.HashBytes];
        AgreeKeys(body.Buffer, share, shared);
        State = TlsState.WaitEncryptedExtensions;
        EnterHandshake(shared);
    }

    private void OnEncryptedExtensions(ByteReader body)
    {
        EncryptedExtensions message = new EncryptedExtensions();
        message.Read(body, AlpnBytes);
        ChooseAlpn(message.AlpnIndex);
        State = TlsState.WaitCertificateOrRequest;
        Sink.PeerParameters(body.Buffer, message.ParametersOffset, message.ParametersCount);
    }

    private void OnCertificate(ByteReader body)
    {
        int key = CertificateMessage.Read(body, TlsAlert.DecodeError);

        // The dialer trusts one key only; iroh answers another with the same alert.
        if (!Config.ExpectedPeer.SameAs(body.Buffer, key))
            throw new TlsAlertException(TlsAlert.UnknownCa, "the server has another id than the dialed one");
        KeepPeerKey(body.Buffer, key);
        State = TlsState.WaitCertificateVerify;
    }

    private void OnFinished(ByteReader body)
    {
        VerifyFinished(body, Schedule.ServerHandshake);
        int start = Transcript.Count;
        DeriveApplication(start);
        if (_isCertificateRequested) AddCertificate(false);
        AddFinished(Schedule.ClientHandshake);
        SendFrom(start, TlsLevel.Handshake);
        Sink.InstallSecrets(TlsLevel.Application, Schedule.ClientApplication, 0, Schedule.ServerApplication, 0);
        Complete();
    }
}
