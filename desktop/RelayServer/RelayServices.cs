using System;
using System.Threading;
using IrohLite.Crypto;
using IrohLite.Relay;

namespace IrohLite.RelayServer;

/// <summary>What all connections of one relay share.</summary>
internal sealed class RelayServices
{
    private readonly DesktopCryptoProvider _crypto = new(slots: 1);
    private readonly Lock _cryptoLock = new();
    private readonly long _startTimestamp;

    public RelayServices(RelayHostOptions options)
    {
        Options = options;
        Time = options.Time;
        Clients = new ClientTable(Metrics);
        _startTimestamp = Time.GetTimestamp();
    }

    public RelayHostOptions Options { get; }

    public TimeProvider Time { get; }

    public RelayMetrics Metrics { get; } = new();

    public ClientTable Clients { get; }

    public CancellationTokenSource Stopping { get; } = new();

    public long NowMs => (long)Time.GetElapsedTime(_startTimestamp).TotalMilliseconds;

    /// <summary>A provider is used by one thread at a time.</summary>
    public bool VerifyClientAuth(byte[] challenge, RelayMessage frame)
    {
        byte[] bytes = frame.Frame.ToArray();
        lock (_cryptoLock) return RelayHandshake.VerifyClientAuth(_crypto, challenge, 0, bytes, 0);
    }

    public void Log(string line) => Options.Log?.Invoke(line);
}
