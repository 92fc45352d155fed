using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading;

namespace IrohLite.RelayServer;

/// <summary>What the relay counts, and its text for Prometheus.</summary>
internal sealed class RelayMetrics
{
    private readonly List<Counter> _counters = [];

    public RelayMetrics()
    {
        Upgrades = Add("upgrades_total", "Upgrade requests that were answered with 101.");
        UpgradesRefused = Add("upgrades_refused_total", "Upgrade requests that were answered with 400.");
        AuthFailed = Add("auth_failed_total", "Handshakes that failed: malformed, wrong signature, or too slow.");
        AccessDenied = Add("access_denied_total", "Proven ids that access control refused.");
        AccessUndecided = Add("access_undecided_total", "Of those, the ones whose access service could not be asked or gave no decision.");
        Sessions = Add("sessions_total", "Sessions that were authorised.");
        SessionsOpen = Add("sessions_open", "Authorised sessions at the moment.", "gauge");
        EndpointsOnline = Add("endpoints_online", "Different ids that are connected at the moment.", "gauge");
        ProtocolErrors = Add("protocol_errors_total", "Sessions ended because the client broke the protocol.");
        PingTimeouts = Add("ping_timeouts_total", "Sessions ended because a ping was not answered.");
        WriteTimeouts = Add("write_timeouts_total", "Sessions ended because a write got stuck.");
        BytesReceived = Add("bytes_received_total", "Bytes read from authorised clients.");
        BytesSent = Add("bytes_sent_total", "Bytes written to authorised clients.");
        FramesForwarded = Add("frames_forwarded_total", "Datagram frames passed on (a batch is one).");
        FramesToNobody = Add("frames_unknown_destination_total", "Datagram frames dropped because nobody has that id.");
        FramesOverflow = Add("frames_queue_full_total", "Datagram frames dropped because the receiver's queue was full.");
        RateLimited = Add("rate_limit_pauses_total", "Times a client was not read from because it sent too fast.");
    }

    public Counter Upgrades { get; }
    public Counter UpgradesRefused { get; }
    public Counter AuthFailed { get; }
    public Counter AccessDenied { get; }
    public Counter AccessUndecided { get; }
    public Counter Sessions { get; }
    public Counter SessionsOpen { get; }
    public Counter EndpointsOnline { get; }
    public Counter ProtocolErrors { get; }
    public Counter PingTimeouts { get; }
    public Counter WriteTimeouts { get; }
    public Counter BytesReceived { get; }
    public Counter BytesSent { get; }
    public Counter FramesForwarded { get; }
    public Counter FramesToNobody { get; }
    public Counter FramesOverflow { get; }
    public Counter RateLimited { get; }

    /// <summary>The text exposition format.</summary>
    public string ToPrometheus()
    {
        StringBuilder text = new();
        foreach (Counter counter in _counters)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {counter.Name} {counter.Help}\n# TYPE {counter.Name} {counter.Kind}\n");
            text.Append(CultureInfo.InvariantCulture, $"{counter.Name} {counter.Value}\n");
        }

        return text.ToString();
    }

    private Counter Add(string name, string help, string kind = "counter")
    {
        Counter counter = new("irohlite_relay_" + name, help, kind);
        _counters.Add(counter);
        return counter;
    }

    /// <summary>One number, changed by any thread.</summary>
    public sealed class Counter(string name, string help, string kind)
    {
        private long _value;

        public string Name => name;
        public string Help => help;
        public string Kind => kind;
        public long Value => Interlocked.Read(ref _value);

        public void Add(long amount) => Interlocked.Add(ref _value, amount);
    }
}
