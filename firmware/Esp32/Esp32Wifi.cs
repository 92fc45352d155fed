using System;
using System.Device.Wifi;
using System.Net;
using System.Net.NetworkInformation;
using System.Threading;
using IrohLite.Firmware.Net;
using IrohLite.Native;
using IrohLite.Platform;

namespace IrohLite.Firmware.Esp32;

/// <summary>
/// The WiFi station. It joins through the adapter and not through WifiNetworkHelper, because the helper writes name and password to
/// flash at each try: two networks in turn would wear it out. After a success the firmware image reconnects by itself.
/// </summary>
internal sealed class Esp32Wifi : IWifiLink
{
    // Asking for the address reads the interface configuration: not at every step.
    private const long AddressAgeMs = 1000;
    private const int PollMs = 200;
    private const int AddressBytes = 4;

    private readonly IClock _clock;
    private byte[] _address;
    private long _addressTakenMs = long.MinValue;

    internal Esp32Wifi(IClock clock)
    {
        _clock = clock;
    }

    public bool HasSignal => SignalDbm != 0;

    public int SignalDbm => NodeServices.WifiRssi();

    public bool IsUp => Address != null;

    public byte[] Address
    {
        get
        {
            long nowMs = _clock.NowMs;
            if (_addressTakenMs == long.MinValue || nowMs - _addressTakenMs >= AddressAgeMs) Refresh(nowMs);
            return _address;
        }
    }

    public string Join(string ssid, string password, int timeoutMs)
    {
        long deadlineMs = _clock.NowMs + timeoutMs;
        try
        {
            WifiAdapter[] adapters = WifiAdapter.FindAllAdapters();
            if (adapters.Length == 0) return "no WiFi adapter";

            // A connect while another one is under way reports the end of the old one as its own result.
            adapters[0].Disconnect();
            Thread.Sleep(PollMs);
            WifiConnectionResult result = adapters[0].Connect(ssid, WifiReconnectionKind.Automatic, password);
            if (result.ConnectionStatus != WifiConnectionStatus.Success) return Explain(result.ConnectionStatus);
        }
        catch (Exception failure)
        {
            return "WiFi driver: " + failure.Message;
        }

        while (_clock.NowMs < deadlineMs)
        {
            Refresh(_clock.NowMs);
            if (_address != null) return null;
            Thread.Sleep(PollMs);
        }

        return "joined, but the network gave no address";
    }

    private void Refresh(long nowMs)
    {
        _addressTakenMs = nowMs;
        IPAddress address = IPGlobalProperties.GetIPAddress();
        byte[] bytes = address == null ? null : address.GetAddressBytes();
        bool isSet = bytes != null && bytes.Length == AddressBytes && (bytes[0] | bytes[1] | bytes[2] | bytes[3]) != 0;
        _address = isSet ? bytes : null;
    }

    private static string Explain(WifiConnectionStatus status)
    {
        switch (status)
        {
            case WifiConnectionStatus.InvalidCredential: return "the network refused the password";
            case WifiConnectionStatus.NetworkNotAvailable: return "no network of that name in reach (2.4 GHz only)";
            case WifiConnectionStatus.Timeout: return "no answer within 20 s";
            case WifiConnectionStatus.UnsupportedAuthenticationProtocol: return "the network's security is not supported";
            default: return "the connection failed";
        }
    }
}
