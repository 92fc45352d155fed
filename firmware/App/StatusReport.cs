using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Net;
using IrohLite.Identity;
using IrohLite.Text;
using IrohLite.Tickets;

namespace IrohLite.Firmware;

/// <summary>The serial lines that are not events of a stage: identity and tickets as upstream prints them, faults of sensors, and a line a minute.</summary>
internal sealed class StatusReport
{
    internal const long PeriodMs = 60000;

    private readonly NodeContext _context;
    private readonly INodeEndpoint _endpoint;
    private long _nextMs;
    private int _insideFault;
    private int _outsideFault;
    private bool _fanOn;

    internal StatusReport(NodeContext context, INodeEndpoint endpoint, long nowMs)
    {
        _context = context;
        _endpoint = endpoint;
        _nextMs = nowMs + PeriodMs;
    }

    internal void PrintIdentity(EndpointId id)
    {
        Print("Iroh endpoint bound");
        EndpointAddr address = _endpoint.Address;
        for (int i = 0; i < address.Count; i++)
        {
            TransportAddr place = address.Get(i);
            if (place.Kind == TransportAddr.KindIp) Print("  Listening on: " + IpText.FormatWithPort(place.IpAddress, place.Port));
        }

        Print("  Endpoint ID: " + id.ToString());
        Print("  Short ticket: " + EndpointTicket.Encode(new EndpointAddr(id)));
        Print("Router started, accepting connections");
    }

    // Only changes are printed: a sensor that fails for a day does not fill the log.
    internal void AfterSample()
    {
        _insideFault = PrintFault("Inside", _context.Sampler.Inside, _insideFault);
        _outsideFault = PrintFault("Outside", _context.Sampler.Outside, _outsideFault);
        FanController fan = _context.Sampler.Fan;
        if (fan.IsOn != _fanOn)
        {
            _fanOn = fan.IsOn;
            Print("Fan " + (_fanOn ? "on" : "off") + " (" + fan.Reason + ")");
        }

        if (_context.Platform.Display != null) _context.Platform.Display.Show(_context.Sampler.Inside.Newest);
    }

    internal void PrintWhenDue(long nowMs)
    {
        if (nowMs < _nextMs) return;
        _nextMs = nowMs + PeriodMs;
        DevicePlatform platform = _context.Platform;
        string signal = platform.Wifi.HasSignal ? platform.Wifi.SignalDbm.ToString() + " dBm" : "unknown";
        Print("up " + ((nowMs - _context.BootedAtMs) / 1000).ToString() + " s  heap free " + platform.Board.HeapFreeBytes.ToString() + " of "
            + platform.Board.HeapTotalBytes.ToString() + "  relay " + _endpoint.RelayStatus + "  signal " + signal);
    }

    private int PrintFault(string place, SensorChannel channel, int lastFault)
    {
        int fault = channel.Newest.Fault;
        if (!channel.IsFitted || fault == lastFault) return lastFault;
        if (fault == SensorFault.Implausible) Print(place + " sensor: waiting for readings that agree");
        else if (fault != SensorFault.None) Print(place + " sensor failed: " + SensorFault.NameOf(fault));
        else Print(place + ": " + Tenths(channel.Newest.TemperatureTenths) + " C  " + Tenths(channel.Newest.HumidityTenths) + " %");
        return fault;
    }

    private static string Tenths(int value)
    {
        int magnitude = value < 0 ? -value : value;
        return (value < 0 ? "-" : "") + (magnitude / 10).ToString() + "." + (magnitude % 10).ToString();
    }

    private void Print(string line) => _context.Platform.Serial.WriteLine(line);
}
