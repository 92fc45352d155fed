using System;
using System.Collections.Generic;
using System.Net;

namespace IrohLite.RelayServer.Lookup;

/// <summary>Limits announcements per address as the real server does: two at once, then one in four seconds.</summary>
internal sealed class PutLimiter(TimeProvider time)
{
    internal const int Burst = 2;
    internal const int MaxAddresses = 4096;
    internal static readonly TimeSpan Refill = TimeSpan.FromSeconds(4);

    private readonly Dictionary<IPAddress, (double Tokens, long At)> _buckets = new();

    /// <summary>True when this address may announce now.</summary>
    internal bool TryTake(IPAddress address)
    {
        lock (_buckets)
        {
            long now = time.GetTimestamp();
            if (_buckets.Count >= MaxAddresses && !_buckets.ContainsKey(address)) _buckets.Clear();
            (double tokens, long at) = _buckets.TryGetValue(address, out (double, long) known) ? known : (Burst, now);
            tokens = Math.Min(Burst, tokens + time.GetElapsedTime(at, now) / Refill);
            bool allowed = tokens >= 1;
            _buckets[address] = (allowed ? tokens - 1 : tokens, now);
            return allowed;
        }
    }
}
