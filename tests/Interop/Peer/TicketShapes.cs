using System.Text.Json.Nodes;
using IrohLite.Crypto;
using IrohLite.Desktop;
using IrohLite.Identity;
using IrohLite.Tickets;

namespace IrohLite.Interop;

/// <summary>Our tickets for a script to compare: places are written "relay URL" or "ip HOST:PORT".</summary>
internal static class TicketShapes
{
    internal static JsonObject Encode(JsonObject request)
    {
        DesktopCryptoProvider crypto = new();
        if (!EndpointId.TryParse((string)request["id"]!, crypto, out EndpointId id)) throw new UserException("id", "not an endpoint id");
        EndpointAddr addr = new(id);
        foreach (JsonNode? relay in request["relays"]!.AsArray()) addr.AddRelay(EndpointSetup.ParseRelay((string)relay!));
        foreach (JsonNode? ip in request["ips"]!.AsArray())
        {
            System.Net.IPEndPoint place = System.Net.IPEndPoint.Parse((string)ip!);
            addr.AddIp(place.Address.GetAddressBytes(), place.Port);
        }

        return new JsonObject { ["ticket"] = EndpointTicket.Encode(addr) };
    }

    internal static JsonObject Decode(JsonObject request)
    {
        bool isGood = EndpointTicket.TryDecode((string)request["ticket"]!, new DesktopCryptoProvider(), out EndpointAddr addr, out string error);
        if (!isGood) return new JsonObject { ["valid"] = false, ["why"] = error };
        JsonArray relays = [];
        JsonArray ips = [];
        for (int i = 0; i < addr.Count; i++)
        {
            TransportAddr place = addr.Get(i);
            if (place.Kind == TransportAddr.KindRelay) relays.Add((JsonNode)place.Relay.ToString());
            else ips.Add((JsonNode)new System.Net.IPEndPoint(new System.Net.IPAddress(place.IpAddress), place.Port).ToString());
        }

        return new JsonObject { ["valid"] = true, ["id"] = addr.Id.ToString(), ["relays"] = relays, ["ips"] = ips, ["again"] = EndpointTicket.Encode(addr) };
    }
}
