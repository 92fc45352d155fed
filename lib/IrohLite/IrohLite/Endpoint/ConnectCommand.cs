using IrohLite.Identity;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>A dial: starts on all addresses at once, and waits for the handshake to succeed or fail.</summary>
internal sealed class ConnectCommand : ParkedCommand
{
    private readonly IrohEndpoint _endpoint;
    private readonly EndpointAddr _addr;
    private readonly string _alpn;
    private RelayLink[] _relays = new RelayLink[0];

    internal ConnectCommand(IrohEndpoint endpoint, EndpointAddr addr, string alpn)
    {
        _endpoint = endpoint;
        _addr = addr;
        _alpn = alpn;
    }

    /// <summary>The connection, from the first attempt on; null when there was nothing to dial.</summary>
    internal IrohConnection Connection { get; private set; }

    protected override bool Attempt(long nowMs)
    {
        if (Connection == null) return !Begin(nowMs);
        QuicConnection quic = Connection.Quic;
        if (quic.IsClosed) Error = CloseText.DialFailed(PeerText, _alpn, quic.CloseInfo, Hint());
        return quic.IsClosed || quic.IsEstablished;
    }

    /// <summary>For a dial without an answer in time.</summary>
    internal IrohException TimedOut(int timeoutMs)
    {
        int error = IrohError.Timeout;
        if (_relays.Length > 0 && !HasUdp())
        {
            bool isAnyOnline = false;
            bool isDenied = false;
            for (int i = 0; i < _relays.Length; i++)
            {
                isAnyOnline |= _relays[i].IsOnline;
                isDenied |= _relays[i].WasDenied;
            }

            if (!isAnyOnline) error = isDenied ? IrohError.RelayDenied : IrohError.RelayUnreachable;
        }

        return new IrohException(error, "cannot connect to " + PeerText + ": no answer within " + timeoutMs.ToString() + " ms" + Hint());
    }

    private string PeerText => _addr.Id.ToShortString();

    // True when the dial is under way; false with an error.
    private bool Begin(long nowMs)
    {
        PathAddress[] paths = new PathAddress[Limits.CandidatePaths];
        RelayLink[] relays = new RelayLink[EndpointLimits.RelayLinks];
        int count = 0;
        int relayCount = 0;
        bool isRelayTableFull = false;
        for (int i = 0; i < _addr.Count && count < paths.Length; i++)
        {
            TransportAddr place = _addr.Get(i);
            if (place.Kind == TransportAddr.KindIp)
            {
                if (_endpoint.HasUdp && place.Port != 0)
                    paths[count++] = _endpoint.Paths.Udp(place.IpAddress, place.IpAddress.Length, place.Port);
                continue;
            }

            if (!_endpoint.CanUseRelays) continue;
            RelayLink link = _endpoint.Relays.For(place.Relay, nowMs);
            if (link == null)
            {
                isRelayTableFull = true;
                continue;
            }

            relays[relayCount++] = link;
            paths[count++] = _endpoint.Paths.Relay(link, _addr.Id.RawBytes, 0);
        }

        if (count == 0)
        {
            Error = isRelayTableFull
                ? new IrohException(IrohError.Busy, "too many relays in use (limit " + EndpointLimits.RelayLinks.ToString() + ")")
                : new IrohException(IrohError.NoAddress, "none of the addresses of " + PeerText + " can be used: this endpoint "
                    + (_endpoint.HasUdp ? "cannot use relays" : "has no UDP socket") + ", and the address lists only "
                    + (_endpoint.HasUdp ? "relays" : "IP addresses"));
            return false;
        }

        PathAddress[] candidates = new PathAddress[count];
        System.Array.Copy(paths, 0, candidates, 0, count);
        _relays = new RelayLink[relayCount];
        System.Array.Copy(relays, 0, _relays, 0, relayCount);
        QuicConnection quic = _endpoint.Demux.Connect(_addr.Id, new string[] { _alpn }, candidates, nowMs);
        if (quic == null)
        {
            Error = new IrohException(IrohError.Busy, "too many connections (limit " + _endpoint.MaxConnections.ToString() + ")");
            return false;
        }

        Connection = _endpoint.Adopt(quic);
        Connection.Dial = this;
        return true;
    }

    private bool HasUdp()
    {
        for (int i = 0; i < _addr.Count; i++)
            if (_addr.Get(i).Kind == TransportAddr.KindIp && _endpoint.HasUdp) return true;
        return false;
    }

    private string Hint()
    {
        string text = "";
        for (int i = 0; i < _addr.Count; i++) text += (i == 0 ? " at " : ", ") + _addr.Get(i);
        for (int i = 0; i < _relays.Length; i++)
            if (!_relays[i].IsOnline) text += "; the relay: " + _relays[i].Status;
        return text + ". Is it running, and is the ticket fresh?";
    }
}
