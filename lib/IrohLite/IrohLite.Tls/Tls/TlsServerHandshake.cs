using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>The accepting side (RFC 8446 appendix A.2). It demands a key of the client, and accepts any.</summary>
public sealed class TlsServerHandshake : TlsHandshake
{
    // ServerHello, and what EncryptedExtensions and CertificateRequest hold besides the ALPN and the transport parameters.
    private const int FixedFlightBytes = 160;

    /// <summary>Creates the handshake. ExpectedPeer is not looked at; TransportParameters may come later.</summary>
    public TlsServerHandshake(TlsConfig config, ITlsSink sink)
        : base(config, sink)
    {
    }

    /// <inheritdoc/>
    public override void Start()
    {
        CheckNotStarted();
        State = TlsState.WaitClientHello;
    }

    internal override bool Expects(int type)
    {
        switch (State)
        {
            case TlsState.WaitClientHello: return type == HandshakeType.ClientHello;
            case TlsState.WaitCertificate: return type == HandshakeType.Certificate;
            case TlsState.WaitCertificateVerify: return type == HandshakeType.CertificateVerify;
            case TlsState.WaitFinished: return type == HandshakeType.Finished;
            default: return false;
        }
    }

    internal override void Process(int type, ByteReader body)
    {
        switch (type)
        {
            case HandshakeType.ClientHello:
                OnClientHello(body);
                break;
            case HandshakeType.Certificate:
                OnCertificate(body);
                break;
            case HandshakeType.CertificateVerify:
                VerifySignature(body, false);
                State = TlsState.WaitFinished;
                break;
            default:
                VerifyFinished(body, Schedule.ClientHandshake);
                Complete();
                break;
        }
    }

    private void OnClientHello(ByteReader body)
    {
        ClientHello hello = new ClientHello();
        hello.Read(body, AlpnBytes);
        Check(hello);
        ChooseAlpn(hello.AlpnIndex);
        Sink.PeerParameters(body.Buffer, hello.ParametersOffset, hello.ParametersCount);

        byte[] random = new byte[TlsConstants.HashBytes];
        byte[] publicKey = new byte[TlsConstants.HashBytes];
        byte[] shared = new byte[TlsConstants.HashBytes];
        Config.Random.Fill(random, 0, random.Length);
        MakeKeyPair(publicKey);
        AgreeKeys(body.Buffer, hello.ShareOffset, shared);
        SendFlight(hello.AlpnIndex, random, publicKey, shared);
        State = TlsState.WaitCertificate;
    }

    private void SendFlight(int alpn, byte[] random, byte[] publicKey, byte[] shared)
    {
        byte[] parameters = OwnParameters();
        int start = Transcript.Count;
        ByteWriter writer = BeginWrite(FixedFlightBytes + AlpnBytes[alpn].Length + parameters.Length);
        ServerHello.Write(writer, random, publicKey);
        Transcript.Commit(writer.Position);
        SendFrom(start, TlsLevel.Initial);
        EnterHandshake(shared);

        start = Transcript.Count;
        EncryptedExtensions.Write(writer, AlpnBytes, alpn, parameters);
        CertificateRequest.Write(writer);
        Transcript.Commit(writer.Position);
        AddCertificate(true);
        AddFinished(Schedule.ServerHandshake);
        SendFrom(start, TlsLevel.Handshake);

        DeriveApplication(Transcript.Count);
        Sink.InstallSecrets(TlsLevel.Application, Schedule.ClientApplication, 0, Schedule.ServerApplication, 0);
    }

    private void OnCertificate(ByteReader body)
    {
        int key = CertificateMessage.Read(body, TlsAlert.CertificateRequired);
        if (!Config.Crypto.Ed25519IsPoint(body.Buffer, key))
            throw new TlsAlertException(TlsAlert.BadCertificate, "the client's key is not a curve point");
        KeepPeerKey(body.Buffer, key);
        State = TlsState.WaitCertificateVerify;
    }

    private static void Check(ClientHello hello)
    {
        // RFC 8446 section 4.2.1 and appendix D.5.
        if (hello.LegacyVersion <= TlsConstants.Ssl30) throw Alert(TlsAlert.ProtocolVersion, "SSL 3.0 or older");
        if (!hello.HasVersions || !hello.OffersTls13) throw Alert(TlsAlert.ProtocolVersion, "the client does not offer TLS 1.3");
        if (!hello.OffersAes128) throw Alert(TlsAlert.HandshakeFailure, "the client does not offer TLS_AES_128_GCM_SHA256");

        // RFC 8446 section 9.2: what a hello without a pre-shared key must hold; section 4.2.9 for one with it.
        if (!hello.HasSignatureAlgorithms) throw Alert(TlsAlert.MissingExtension, "no signature_algorithms");
        if (!hello.HasGroups) throw Alert(TlsAlert.MissingExtension, "no supported_groups");
        if (!hello.HasKeyShare) throw Alert(TlsAlert.MissingExtension, "no key_share");
        if (hello.HasPreSharedKey && !hello.HasPskModes) throw Alert(TlsAlert.MissingExtension, "pre_shared_key without psk_key_exchange_modes");
        if (!hello.OffersEd25519) throw Alert(TlsAlert.HandshakeFailure, "the client does not accept ed25519 signatures");
        if (hello.ShareOffset == KeyShare.None) throw Alert(TlsAlert.HandshakeFailure, "no x25519 share, and retries are not supported");

        // RFC 8446 section 4.2.8: no share for a group that is not listed.
        if (!hello.OffersX25519) throw Alert(TlsAlert.IllegalParameter, "an x25519 share without the group");
        if (!hello.AllowsRawServerKey || !hello.AllowsRawClientKey)
            throw Alert(TlsAlert.HandshakeFailure, "the client does not offer raw public keys both ways");

        // RFC 9001 sections 8.1 and 8.2.
        if (hello.AlpnIndex == Tls.Alpn.None) throw Alert(TlsAlert.NoApplicationProtocol, "no application protocol in common");
        if (hello.ParametersOffset == QuicParameters.None) throw Alert(TlsAlert.MissingExtension, "no QUIC transport parameters");
    }

    private static TlsAlertException Alert(int alert, string message) => new TlsAlertException(alert, "ClientHello: " + message);
}
