using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Platform;

namespace IrohLite.Discovery;

/// <summary>Gets an endpoint's signed packet from a pkarr server and verifies it: the server need not be trusted.</summary>
public sealed class PkarrHttpLookup : IAddressLookup
{
    private readonly PkarrServer _server;
    private readonly IStreamConnector _connector;
    private readonly ICryptoProvider _crypto;

    /// <summary>Asks one server. The crypto provider must not be in use by another thread at the same time.</summary>
    public PkarrHttpLookup(PkarrServer server, IStreamConnector connector, ICryptoProvider crypto)
    {
        _server = server;
        _connector = connector;
        _crypto = crypto;
    }

    /// <inheritdoc />
    public LookupAnswer Lookup(EndpointId id, int timeoutMs)
    {
        string who = "the lookup server " + _server.Url.ToString();
        HttpExchange exchange = new HttpExchange(PkarrPacket.MaxBytes);
        try
        {
            exchange.Run(_connector, _server.Url, "GET", _server.PathOf(id), null, timeoutMs);
        }
        catch (StreamFailedException failure)
        {
            return LookupAnswer.None(failure.Message);
        }

        if (exchange.Status == 404) return LookupAnswer.None(who + " does not know the id");
        if (exchange.Status != 200) return LookupAnswer.None(who + " answered with status " + exchange.Status.ToString());
        lock (_crypto)
        {
            return PkarrPacket.TryParse(exchange.Buffer, exchange.BodyOffset, exchange.BodyCount, id, _crypto, out PkarrPacket packet, out string error)
                ? LookupAnswer.Found(packet.Addr, packet.TtlSeconds * 1000, who)
                : LookupAnswer.None(who + " sent a packet that cannot be used: " + error);
        }
    }
}
