using IrohLite.Identity;

namespace IrohLite.Firmware.Net;

/// <summary>The node's endpoint with its services, which is dropped and built again whenever the WiFi address changes.</summary>
public interface INodeEndpoint
{
    /// <summary>True while the home relay is connected and has accepted us.</summary>
    bool IsRelayOnline { get; }

    /// <summary>Connections that are open now.</summary>
    int ConnectionCount { get; }

    /// <summary>The home relay's state for people: "online", or why not.</summary>
    string RelayStatus { get; }

    /// <summary>The address others can dial now: the id, the relay once it is online, and the LAN address; null while not started.</summary>
    EndpointAddr Address { get; }

    /// <summary>Binds and serves, without a relay when <paramref name="relay"/> is null; throws IrohException with the reason when that is impossible.</summary>
    void Start(SecretKey key, RelayUrl relay, byte[] lanAddress);

    /// <summary>Closes every connection with code 0 and all sockets; does nothing when not started.</summary>
    void Stop();
}
