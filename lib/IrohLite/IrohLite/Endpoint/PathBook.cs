using IrohLite.Identity;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>
/// The peer addresses heard lately, so that a received datagram costs no new object. A table of fixed size whose oldest entry makes
/// room; an entry that is pushed out stays valid for the connection that uses it, because addresses compare by value.
/// </summary>
internal sealed class PathBook
{
    private readonly PathAddress[] _paths = new PathAddress[EndpointLimits.PathBookEntries];
    private readonly object _lock = new object();
    private int _count;
    private int _next;
    private UdpPath _lastUdp;
    private RelayPath _lastRelay;

    internal UdpPath Udp(byte[] address, int addressLength, int port)
    {
        lock (_lock)
        {
            if (_lastUdp != null && _lastUdp.Is(address, addressLength, port)) return _lastUdp;
            for (int i = 0; i < _count; i++)
            {
                UdpPath known = _paths[i] as UdpPath;
                if (known == null || !known.Is(address, addressLength, port)) continue;
                _lastUdp = known;
                return known;
            }

            _lastUdp = new UdpPath(address, addressLength, port);
            Remember(_lastUdp);
            return _lastUdp;
        }
    }

    internal RelayPath Relay(RelayLink link, byte[] id, int offset)
    {
        lock (_lock)
        {
            if (_lastRelay != null && _lastRelay.Link == link && _lastRelay.Id.SameAs(id, offset)) return _lastRelay;
            for (int i = 0; i < _count; i++)
            {
                RelayPath known = _paths[i] as RelayPath;
                if (known == null || known.Link != link || !known.Id.SameAs(id, offset)) continue;
                _lastRelay = known;
                return known;
            }

            _lastRelay = new RelayPath(link, EndpointId.FromBytes(id, offset));
            Remember(_lastRelay);
            return _lastRelay;
        }
    }

    private void Remember(PathAddress path)
    {
        _paths[_next] = path;
        _next = (_next + 1) % _paths.Length;
        if (_count < _paths.Length) _count++;
    }
}
