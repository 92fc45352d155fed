using System;
using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Identity;

namespace IrohLite.Tls;

/// <summary>
/// One TLS 1.3 handshake as QUIC carries it (RFC 9001 section 4): raw Ed25519 keys both ways, x25519, TLS_AES_128_GCM_SHA256, no
/// pre-shared keys, no tickets, no retry. Output goes to an <see cref="ITlsSink"/> during the calls. After an exception the
/// handshake is over: its secrets are wiped, and every further call of <see cref="Receive"/> throws the same alert.
/// </summary>
public abstract class TlsHandshake
{
    private readonly HandshakeReader _reader;
    private readonly byte[][] _alpnBytes;
    private readonly byte[] _hash = new byte[TlsConstants.HashBytes];
    private readonly byte[] _value = new byte[TlsConstants.HashBytes];
    private readonly byte[] _ephemeralPrivate = new byte[TlsConstants.HashBytes];
    private readonly byte[] _peerKey = new byte[EndpointId.SizeBytes];
    private EndpointId _provenPeer;
    private TlsAlertException _failure;

    internal TlsHandshake(TlsConfig config, ITlsSink sink)
    {
        Config = config;
        Sink = sink;
        Schedule = new KeySchedule(config.Crypto);
        Transcript = new TranscriptHash();
        _reader = new HandshakeReader(Transcript);
        _alpnBytes = Tls.Alpn.Encode(config.Alpns);
    }

    /// <summary>True when both Finished messages are exchanged and verified.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The application protocol, one of the configured strings; null until it is known.</summary>
    public string Alpn { get; private set; }

    /// <summary>The id the peer has proved to own; null until its Finished is verified.</summary>
    public EndpointId PeerId { get; private set; }

    internal TlsConfig Config { get; }

    internal ITlsSink Sink { get; }

    internal KeySchedule Schedule { get; }

    internal TranscriptHash Transcript { get; }

    internal byte[][] AlpnBytes => _alpnBytes;

    internal int State { get; set; }

    /// <summary>The level at which the next message must arrive.</summary>
    internal int ReceiveLevel { get; set; } = TlsLevel.Initial;

    /// <summary>Begins the handshake: a client sends its ClientHello, a server waits for one. Called once.</summary>
    public abstract void Start();

    /// <summary>
    /// Takes handshake bytes of one level in order, cut anywhere. Throws TlsAlertException when the peer breaks a rule; what the
    /// sink throws passes through unchanged.
    /// </summary>
    /// <param name="level">A <see cref="TlsLevel"/> number.</param>
    /// <param name="buffer">Holds the bytes.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="count">Number of bytes; none is allowed and does nothing.</param>
    public void Receive(int level, byte[] buffer, int offset, int count)
    {
        if (_failure != null) throw new TlsAlertException(_failure.Alert, _failure.Message, _failure.IsTransportRule);
        if (State == TlsState.Start) throw new InvalidOperationException("the handshake has not been started");
        bool good = false;
        try
        {
            Consume(level, buffer, offset, count);
            good = true;
        }
        catch (TlsAlertException e)
        {
            _failure = e;
            throw;
        }
        catch (MalformedException e)
        {
            _failure = new TlsAlertException(TlsAlert.DecodeError, HandshakeType.NameOf(_reader.Type) + ": " + e.Message);
            throw _failure;
        }
        finally
        {
            if (!good)
            {
                if (_failure == null) _failure = new TlsAlertException(TlsAlert.InternalError, "the handshake was given up");
                Wipe();
            }
        }
    }

    /// <summary>Wipes every secret and gives up the buffers; a handshake that is not complete cannot be continued.</summary>
    public void Wipe()
    {
        if (!IsComplete && _failure == null) _failure = new TlsAlertException(TlsAlert.InternalError, "the handshake was wiped");
        ForgetSecrets();
        Transcript.Clear();
    }

    /// <summary>Handles one whole message that <see cref="Expects"/> allowed. The body is the reader's.</summary>
    internal abstract void Process(int type, ByteReader body);

    /// <summary>True when the state allows a message of this type.</summary>
    internal abstract bool Expects(int type);

    /// <summary>Expects the peer's first message behind what the transcript holds.</summary>
    internal void ListenFromHere() => _reader.Next();

    internal void CheckNotStarted()
    {
        if (State != TlsState.Start) throw new InvalidOperationException("the handshake has been started already");
    }

    /// <summary>Our transport parameters, which the caller must have set by now.</summary>
    internal byte[] OwnParameters() =>
        Config.TransportParameters ?? throw new InvalidOperationException("the transport parameters have not been set");

    /// <summary>Makes the ephemeral key pair; the private half stays until <see cref="AgreeKeys"/>.</summary>
    internal void MakeKeyPair(byte[] publicKey)
    {
        Config.Random.Fill(_ephemeralPrivate, 0, TlsConstants.HashBytes);
        Config.Crypto.X25519PublicKey(_ephemeralPrivate, 0, publicKey, 0);
    }

    /// <summary>Agrees on the shared secret; an all-zero one is illegal_parameter.</summary>
    internal void AgreeKeys(byte[] buffer, int shareOffset, byte[] shared)
    {
        bool good = Config.Crypto.X25519Agree(_ephemeralPrivate, 0, buffer, shareOffset, shared, 0);
        Bytes.Wipe(_ephemeralPrivate, 0, TlsConstants.HashBytes);

        // RFC 8446 section 7.4.2.
        if (!good) throw new TlsAlertException(TlsAlert.IllegalParameter, "key_share: the peer's share has a small order");
    }

    /// <summary>Enters the Handshake level: the transcript ends with ServerHello.</summary>
    internal void EnterHandshake(byte[] shared)
    {
        Transcript.Hash(Config.Crypto, Transcript.Count, _hash, 0);
        Schedule.EnterHandshake(shared, 0, _hash);
        Bytes.Wipe(shared, 0, TlsConstants.HashBytes);
        ReceiveLevel = TlsLevel.Handshake;
        Sink.InstallSecrets(TlsLevel.Handshake, Schedule.ClientHandshake, 0, Schedule.ServerHandshake, 0);
    }

    /// <summary>Notes the chosen protocol.</summary>
    internal void ChooseAlpn(int index) => Alpn = Config.Alpns[index];

    /// <summary>Notes the key of the peer's certificate, not yet proven.</summary>
    internal void KeepPeerKey(byte[] buffer, int keyOffset) => Bytes.Copy(buffer, keyOffset, _peerKey, 0, EndpointId.SizeBytes);

    /// <summary>Checks the peer's CertificateVerify with the key of its certificate.</summary>
    internal void VerifySignature(ByteReader body, bool byServer)
    {
        int signature = CertificateVerify.Read(body);
        byte[] content = CertificateVerify.Content(byServer);
        Transcript.Hash(Config.Crypto, _reader.Start, content, CertificateVerify.HashOffset);
        if (!Config.Crypto.Ed25519Verify(_peerKey, 0, content, 0, content.Length, body.Buffer, signature))
            throw new TlsAlertException(TlsAlert.DecryptError, "CertificateVerify: the signature is wrong");
        _provenPeer = EndpointId.FromBytes(_peerKey, 0);
    }

    /// <summary>Checks the peer's Finished; with it the peer's id is proven.</summary>
    internal void VerifyFinished(ByteReader body, byte[] trafficSecret)
    {
        int verifyData = Finished.Read(body);
        Transcript.Hash(Config.Crypto, _reader.Start, _hash, 0);
        Schedule.FinishedValue(trafficSecret, _hash, _value, 0);
        if (!Bytes.ConstantTimeEquals(_value, 0, body.Buffer, verifyData, TlsConstants.HashBytes))
            throw new TlsAlertException(TlsAlert.DecryptError, "Finished: verify_data is wrong");
        PeerId = _provenPeer;
    }

    /// <summary>Writes our Certificate and CertificateVerify behind the transcript.</summary>
    internal void AddCertificate(bool byServer)
    {
        SecretKey identity = Config.Identity;
        ByteWriter writer = BeginWrite(CertificateMessage.MessageBytes + CertificateVerify.MessageBytes);
        CertificateMessage.Write(writer, identity.PublicKey);
        Transcript.Commit(writer.Position);

        byte[] content = CertificateVerify.Content(byServer);
        byte[] signature = new byte[TlsConstants.SignatureBytes];
        Transcript.Hash(Config.Crypto, Transcript.Count, content, CertificateVerify.HashOffset);
        identity.Sign(content, 0, content.Length, signature, 0);
        CertificateVerify.Write(writer, signature);
        Transcript.Commit(writer.Position);
    }

    /// <summary>Writes our Finished behind the transcript.</summary>
    internal void AddFinished(byte[] trafficSecret)
    {
        Transcript.Hash(Config.Crypto, Transcript.Count, _hash, 0);
        Schedule.FinishedValue(trafficSecret, _hash, _value, 0);
        ByteWriter writer = BeginWrite(Finished.MessageBytes);
        Finished.Write(writer, _value);
        Transcript.Commit(writer.Position);
    }

    /// <summary>Derives the Application secrets from the transcript up to <paramref name="count"/> (the server's Finished).</summary>
    internal void DeriveApplication(int count)
    {
        Transcript.Hash(Config.Crypto, count, _hash, 0);
        Schedule.EnterApplication(_hash);
    }

    /// <summary>A writer behind the last message, with room for <paramref name="capacity"/> bytes.</summary>
    internal ByteWriter BeginWrite(int capacity)
    {
        Transcript.Reserve(capacity);
        return new ByteWriter(Transcript.Buffer, Transcript.Count, capacity);
    }

    /// <summary>Sends the transcript from <paramref name="start"/> to its end.</summary>
    internal void SendFrom(int start, int level) =>
        Sink.SendHandshake(level, Transcript.Buffer, start, Transcript.Count - start);

    /// <summary>Ends the handshake: from here on nothing secret and no message is kept.</summary>
    internal void Complete()
    {
        State = TlsState.Connected;
        ReceiveLevel = TlsLevel.Application;
        IsComplete = true;
        ForgetSecrets();
        Sink.HandshakeComplete();
    }

    private void Consume(int level, byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            // RFC 8446 section 5.1 and RFC 9001 section 4.1.3: messages keep to their level and never span two.
            if (level != ReceiveLevel)
            {
                throw new TlsAlertException(TlsAlert.UnexpectedMessage,
                    "handshake bytes at level " + level.ToString() + " while " + TlsState.NameOf(State));
            }

            bool hadHeader = _reader.HasHeader;
            int taken = _reader.Append(buffer, offset, count);
            offset += taken;
            count -= taken;
            if (!hadHeader && _reader.HasHeader) CheckHeader();
            if (!_reader.IsWhole) continue;
            Process(_reader.Type, new ByteReader(Transcript.Buffer, _reader.BodyOffset, _reader.BodyCount));
            if (IsComplete) Transcript.Clear();
            _reader.Next();
        }
    }

    // Before the body is collected, so that a peer cannot make us keep what we would refuse.
    private void CheckHeader()
    {
        int type = _reader.Type;
        if (!Expects(type))
        {
            string why = type == HandshakeType.KeyUpdate
                ? "KeyUpdate is forbidden in QUIC" // RFC 9001 section 6
                : HandshakeType.NameOf(type) + " while " + TlsState.NameOf(State);
            throw new TlsAlertException(TlsAlert.UnexpectedMessage, why);
        }

        int limit = type == HandshakeType.ClientHello ? TlsLimits.MaxClientHelloBytes : TlsLimits.MaxMessageBytes;
        if (_reader.BodyCount > limit - TlsLimits.HeaderBytes)
            throw new TlsAlertException(TlsAlert.DecodeError, HandshakeType.NameOf(type) + ": longer than " + limit.ToString() + " bytes");
    }

    private void ForgetSecrets()
    {
        Schedule.Wipe();
        Bytes.Wipe(_ephemeralPrivate, 0, TlsConstants.HashBytes);
        Bytes.Wipe(_value, 0, TlsConstants.HashBytes);
    }
}
