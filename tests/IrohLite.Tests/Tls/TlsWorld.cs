using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Tls;

namespace IrohLite.Tests.Tls;

/// <summary>The fixed keys, randoms and names that most TLS tests share (those of the quic_handshake_self transcript).</summary>
internal sealed class TlsWorld
{
    public const string Echo = "iroh-example/echo/0";

    public static readonly byte[] ClientSeed = Filled(0x0c);
    public static readonly byte[] ServerSeed = Filled(0x2a);
    public static readonly byte[] ClientShare = Filled(0x11);
    public static readonly byte[] ServerShare = Filled(0x33);
    public static readonly byte[] ClientRandom = Filled(0x22);
    public static readonly byte[] ServerRandom = Filled(0x44);
    public static readonly byte[] ClientParameters = Wire.Hex("010480007530030244b00402600005025000060250000801010f08c0c1c2c3c4c5c6c7");
    public static readonly byte[] ServerParameters =
        Wire.Hex("010480007530030244b00402600005025000060250000801010f08d0d1d2d3d4d5d6d700088394c8f03e515708");

    // A provider belongs to one thread.
    [ThreadStatic]
    private static Dictionary<string, MemoCrypto> _memos;

    public TlsWorld(ICryptoProvider crypto)
    {
        Crypto = crypto;
        ClientKey = SecretKey.FromSeed(ClientSeed, 0, crypto);
        ServerKey = SecretKey.FromSeed(ServerSeed, 0, crypto);
    }

    public ICryptoProvider Crypto { get; }

    public SecretKey ClientKey { get; }

    public SecretKey ServerKey { get; }

    /// <summary>A fresh object of each crypto provider there is.</summary>
    public static IEnumerable<ICryptoProvider> Providers() =>
        ((IEnumerable<object[]>)CryptoProviders.All).Select(row => CryptoProviders.Make((string)row[0]));

    /// <summary>One world per provider, with the curve operations remembered.</summary>
    public static IEnumerable<TlsWorld> All()
    {
        foreach (ICryptoProvider crypto in Providers())
        {
            _memos ??= new Dictionary<string, MemoCrypto>();
            if (!_memos.TryGetValue(crypto.Name, out MemoCrypto memo)) _memos[crypto.Name] = memo = new MemoCrypto(crypto);
            yield return new TlsWorld(memo);
        }
    }

    public static byte[] Filled(byte value) => Enumerable.Repeat(value, 32).ToArray();

    public TlsConfig ClientConfig(params string[] alpns) => new()
    {
        Crypto = Crypto,
        Random = new ScriptedRandom(ClientRandom, ClientShare),
        Identity = ClientKey,
        Alpns = alpns.Length == 0 ? new[] { Echo } : alpns,
        TransportParameters = ClientParameters,
        ExpectedPeer = ServerKey.Id,
    };

    public TlsConfig ServerConfig(params string[] alpns) => new()
    {
        Crypto = Crypto,
        Random = new ScriptedRandom(ServerRandom, ServerShare),
        Identity = ServerKey,
        Alpns = alpns.Length == 0 ? new[] { Echo } : alpns,
        TransportParameters = ServerParameters,
    };

    /// <summary>A started client and its sink.</summary>
    public (TlsClientHandshake Client, RecordingSink Sink) Client(params string[] alpns)
    {
        RecordingSink sink = new RecordingSink();
        TlsClientHandshake client = new TlsClientHandshake(ClientConfig(alpns), sink);
        client.Start();
        return (client, sink);
    }

    /// <summary>A started server and its sink.</summary>
    public (TlsServerHandshake Server, RecordingSink Sink) Server(params string[] alpns)
    {
        RecordingSink sink = new RecordingSink();
        TlsServerHandshake server = new TlsServerHandshake(ServerConfig(alpns), sink);
        server.Start();
        return (server, sink);
    }
}
