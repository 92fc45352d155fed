using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Diagnostics;
using IrohLite.Identity;

namespace IrohLite.Quic;

/// <summary>
/// What all connections of a demultiplexer have in common: configuration, primitives, counters, and scratch objects that hold
/// nothing between two calls, so that a packet costs no allocation.
/// </summary>
internal sealed class QuicShared
{
    public readonly QuicConfig Config;
    public readonly SecretKey Identity;
    public readonly ICryptoProvider Crypto;
    public readonly IRandomSource Random;
    public readonly DropCounters Drops = new DropCounters();

    /// <summary>Our transport parameters as far as all connections share them; the ids are filled in for each.</summary>
    public readonly TransportParameters Offered;

    public readonly PacketHeader Header = new PacketHeader();
    public readonly ByteReader Reader = new ByteReader();
    public readonly ByteWriter Writer = new ByteWriter(new byte[1], 0, 1);
    public readonly AckFrame Ack = new AckFrame();
    public readonly StreamFrame Stream = new StreamFrame();
    public readonly CryptoFrame CryptoFrame = new CryptoFrame();
    public readonly NewConnectionIdFrame NewConnectionId = new NewConnectionIdFrame();
    public readonly ConnectionCloseFrame Close = new ConnectionCloseFrame();

    /// <summary>The last 16 bytes of a short packet before it was opened; handshake bytes on their way to TLS.</summary>
    public readonly byte[] Scratch = new byte[256];

    public QuicShared(QuicConfig config, SecretKey identity, ICryptoProvider crypto, IRandomSource random)
    {
        Config = config;
        Identity = identity;
        Crypto = crypto;
        Random = random;
        Offered = new TransportParameters
        {
            MaxIdleTimeoutMs = config.MaxIdleTimeoutMs,
            MaxUdpPayloadBytes = config.MaxUdpPayloadBytes,
            InitialMaxData = config.InitialMaxData,
            InitialMaxStreamDataBidiLocal = config.InitialMaxStreamData,
            InitialMaxStreamDataBidiRemote = config.InitialMaxStreamData,
            InitialMaxStreamsBidi = config.MaxBidirectionalStreams,
        };
    }

    /// <summary>Eight random bytes as a number.</summary>
    public long NextRandom64()
    {
        Random.Fill(Scratch, 0, 8);
        return System.BitConverter.ToInt64(Scratch, 0);
    }
}
