using System;

namespace IrohLite.RelayServer;

/// <summary>
/// A byte budget refilled every 100 ms. It may go below zero, because bytes that were read are there; then the caller pauses. Time is
/// an argument.
/// </summary>
internal sealed class TokenBucket
{
    public const long RefillMs = 100;

    private readonly long _burstBytes;
    private readonly double _bytesPerRefill;
    private double _bytes;
    private long _refilledAtMs;

    public TokenBucket(long bytesPerSecond, long? burstBytes, long nowMs)
    {
        _bytesPerRefill = bytesPerSecond * RefillMs / 1000.0;
        _burstBytes = burstBytes ?? Math.Max(1, bytesPerSecond / 10);
        _bytes = _burstBytes;
        _refilledAtMs = nowMs;
    }

    /// <summary>Takes what was read; returns the milliseconds to pause before reading on, 0 for none.</summary>
    public long Take(long bytes, long nowMs)
    {
        long refills = (nowMs - _refilledAtMs) / RefillMs;
        _refilledAtMs += refills * RefillMs;
        _bytes = Math.Min(_burstBytes, _bytes + refills * _bytesPerRefill) - bytes;
        if (_bytes >= 0) return 0;
        long missing = (long)Math.Ceiling(-_bytes / _bytesPerRefill);
        return _refilledAtMs + missing * RefillMs - nowMs;
    }
}
