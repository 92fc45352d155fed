namespace IrohLite.Quic;

/// <summary>
/// Recently ended connections by the first eight bytes of their ids: what still comes for them is dropped unopened. A refusing
/// iroh client sends its close in some 50 full-size Initials, which must not each look like a new connection.
/// </summary>
internal sealed class Tombstones
{
    private readonly long[] _keys = new long[2 * Limits.Tombstones];
    private readonly long[] _untilMs = new long[2 * Limits.Tombstones];
    private int _next;

    /// <summary>Remembers one id; the oldest entry makes room.</summary>
    public void Add(long key, long nowMs)
    {
        _keys[_next] = key;
        _untilMs[_next] = nowMs + Limits.TombstoneMs;
        if (++_next == _keys.Length) _next = 0;
    }

    public bool Contains(long key, long nowMs)
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            if (_keys[i] == key && nowMs < _untilMs[i]) return true;
        }

        return false;
    }
}
