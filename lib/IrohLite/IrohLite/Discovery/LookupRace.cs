using System.Threading;
using IrohLite.Identity;

namespace IrohLite.Discovery;

/// <summary>One question to several lookups at once.</summary>
internal sealed class LookupRace
{
    // Each lookup ends by itself within its time. A busy computer may need a little over to say so.
    private const int EndingMs = 5000;

    private readonly IAddressLookup[] _lookups;
    private readonly EndpointId _id;
    private readonly int _timeoutMs;
    private readonly AutoResetEvent _changed = new AutoResetEvent(false);
    private readonly object _lock = new object();
    private LookupAnswer _found;
    private string _failures = "";
    private int _started;
    private int _ended;

    internal LookupRace(IAddressLookup[] lookups, EndpointId id, int timeoutMs)
    {
        _lookups = lookups;
        _id = id;
        _timeoutMs = timeoutMs;
    }

    internal LookupAnswer Run()
    {
        for (int i = 0; i < _lookups.Length; i++) new Thread(Ask).Start();
        while (true)
        {
            bool signalled = _changed.WaitOne(_timeoutMs + EndingMs, false);
            lock (_lock)
            {
                if (_found != null) return _found;
                if (!signalled || _ended == _lookups.Length)
                    return LookupAnswer.None(_failures.Length > 0 ? _failures : "no lookup service answered in time");
            }
        }
    }

    private void Ask()
    {
        IAddressLookup lookup;
        lock (_lock) lookup = _lookups[_started++];
        LookupAnswer answer = lookup.Lookup(_id, _timeoutMs);
        lock (_lock)
        {
            _ended++;
            if (answer.Addr == null) _failures += (_failures.Length > 0 ? "; " : "") + answer.Failure;
            else if (_found == null) _found = answer;
        }

        _changed.Set();
    }
}
