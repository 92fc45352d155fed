using System.Text.Json.Nodes;
using IrohLite.Crypto;
using IrohLite.Desktop;
using IrohLite.Identity;
using IrohLite.Text;
using IrohLite.Tickets;

namespace IrohLite.Cli;

/// <summary>Tickets as users give them.</summary>
internal static class TicketReader
{
    /// <summary>Decodes a ticket, or a bare endpoint id.</summary>
    internal static EndpointAddr Read(string text, ICryptoProvider crypto)
    {
        text = text.Trim();
        if (EndpointTicket.TryDecode(text, crypto, out EndpointAddr addr, out string error)) return addr;
        if (text.Length is 64 or 52 && EndpointId.TryParse(text, crypto, out EndpointId id)) return new EndpointAddr(id);
        throw new UserException("bad-ticket", "this is not an endpoint ticket: " + error
            + ". A ticket starts with 'endpoint'; copy all of it");
    }

    /// <summary>The places of an address as JSON.</summary>
    internal static JsonArray PlacesOf(EndpointAddr addr)
    {
        JsonArray places = [];
        for (int i = 0; i < addr.Count; i++)
        {
            TransportAddr place = addr.Get(i);
            places.Add(place.Kind == TransportAddr.KindRelay
                ? new JsonObject { ["type"] = "relay", ["url"] = place.Relay.ToString() }
                : new JsonObject { ["type"] = "ip", ["address"] = IpText.FormatWithPort(place.IpAddress, place.Port) });
        }

        return places;
    }
}
