using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Crypto;
using IrohLite.Desktop;
using IrohLite.Diagnostics;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Protocols;
using IrohLite.Quic;
using IrohLite.Tickets;

namespace IrohLite.Interop;

/// <summary>Carries out the requests of a script on the endpoints and connections of this process.</summary>
internal sealed class Peer(Answers answers)
{
    private const int DefaultTimeoutMs = 60000;

    private readonly ConcurrentDictionary<int, IrohEndpoint> _endpoints = new();
    private readonly ConcurrentDictionary<int, IrohConnection> _connections = new();
    private int _lastNumber;

    internal void Handle(JsonObject request)
    {
        JsonNode? seq = request["seq"];
        try
        {
            answers.Success(seq, Run(request["op"]!.GetValue<string>(), request));
        }
        catch (Exception e)
        {
            answers.Failure(seq, e);
        }
    }

    internal void CloseAll()
    {
        foreach (IrohEndpoint endpoint in _endpoints.Values) endpoint.Close();
    }

    internal int Add(IrohConnection connection)
    {
        int number = Interlocked.Increment(ref _lastNumber);
        _connections[number] = connection;
        return number;
    }

    internal void Forget(int connection) => _connections.TryRemove(connection, out _);

    private JsonObject Run(string op, JsonObject request) => op switch
    {
        "bind" => Bind(request),
        "online" => Online(request),
        "addr" => new JsonObject { ["ticket"] = EndpointTicket.Encode(EndpointOf(request).Addr) },
        "connect" => Connect(request),
        "echo" => Measurements.Echo(ConnectionOf(request), request),
        "pingpong" => Measurements.PingPong(ConnectionOf(request), request),
        "dials" => Measurements.Dials(EndpointOf(request), AddrOf(request), request),
        "info" => Info(ConnectionOf(request)),
        "close" => Close(ConnectionOf(request), request),
        "wait-closed" => WaitClosed(ConnectionOf(request), request),
        "close-endpoint" => CloseEndpoint(request),
        "statistics" => Statistics(EndpointOf(request)),
        "usage" => Measurements.Usage(),
        "ticket-encode" => TicketShapes.Encode(request),
        "ticket-decode" => TicketShapes.Decode(request),
        _ => throw new UserException("op", "no operation '" + op + "'"),
    };

    private JsonObject Bind(JsonObject request)
    {
        string? udp = (string?)request["udp"];
        EndpointSetup setup = new()
        {
            Relay = (string?)request["relay"],
            RelayToken = (string?)request["token"],
            Crypto = (string?)request["crypto"] ?? CryptoChoice.Managed,
            Udp = udp == null ? null : IPEndPoint.Parse(udp),
        };
        if ((bool?)request["log"] == true) setup.Log = new EventLog(answers);
        EndpointOptions options = setup.CreateOptions();
        if ((string?)request["secret"] is string secret)
            options.SecretKey = SecretKey.FromSeed(Convert.FromHexString(secret), 0, options.Crypto);
        if (setup.Log != null) options.LogLevel = LogLevel.Debug;
        if ((string?)request["profile"] == "device")
        {
            options.Quic = QuicConfig.Device();
            options.DatagramSlots = 12;
        }

        if (request["keepAliveMs"] != null) options.Quic.KeepAliveMs = (long)request["keepAliveMs"]!;
        if (request["idleMs"] != null) options.Quic.MaxIdleTimeoutMs = (long)request["idleMs"]!;
        if (request["maxConnections"] != null) options.Quic.MaxConnections = (int)request["maxConnections"]!;
        IrohEndpoint endpoint = IrohEndpoint.Bind(options);
        int number = Interlocked.Increment(ref _lastNumber);
        _endpoints[number] = endpoint;
        if (request["serve"] is JsonArray alpns)
        {
            Router router = new(endpoint);
            EchoWatch echo = new(this, answers, number, new EchoProtocol(64 * 1024, null));
            foreach (JsonNode? alpn in alpns) router.Add((string)alpn!, echo);
            router.Start();
        }

        return new JsonObject { ["endpoint"] = number, ["id"] = endpoint.Id.ToString(), ["ticket"] = EndpointTicket.Encode(endpoint.Addr) };
    }

    private JsonObject Online(JsonObject request)
    {
        IrohEndpoint endpoint = EndpointOf(request);
        Stopwatch watch = Stopwatch.StartNew();
        bool isOnline = endpoint.WaitOnline(TimeoutOf(request));
        return new JsonObject
        {
            ["online"] = isOnline,
            ["ms"] = watch.Elapsed.TotalMilliseconds,
            ["status"] = endpoint.RelayStatus,
            ["denied"] = endpoint.IsRelayDenied,
            ["ticket"] = EndpointTicket.Encode(endpoint.Addr),
        };
    }

    private JsonObject Connect(JsonObject request)
    {
        Stopwatch watch = Stopwatch.StartNew();
        IrohConnection connection = EndpointOf(request).Connect(AddrOf(request), AlpnOf(request), TimeoutOf(request));
        double ms = watch.Elapsed.TotalMilliseconds;
        JsonObject result = Info(connection);
        result["connection"] = Add(connection);
        result["ms"] = ms;
        return result;
    }

    private static JsonObject Info(IrohConnection connection)
    {
        JsonObject result = new()
        {
            ["remoteId"] = connection.RemoteId.ToString(),
            ["alpn"] = connection.Alpn,
            ["path"] = connection.PathText,
            ["rttMs"] = connection.RttMs,
            ["keyUpdates"] = connection.KeyUpdates,
            ["packetsSent"] = connection.PacketsSent,
            ["packetsReceived"] = connection.PacketsReceived,
            ["packetsLost"] = connection.PacketsLost,
            ["isClosed"] = connection.IsClosed,
        };
        if (connection.CloseInfo != null) result["close"] = Answers.CloseOf(connection.CloseInfo);
        return result;
    }

    private static JsonObject Close(IrohConnection connection, JsonObject request)
    {
        connection.Close((long?)request["code"] ?? 0, (string?)request["reason"] ?? "");
        return Info(connection);
    }

    private static JsonObject WaitClosed(IrohConnection connection, JsonObject request)
    {
        Stopwatch watch = Stopwatch.StartNew();
        bool isOver = connection.WaitClosed(TimeoutOf(request));
        JsonObject result = Info(connection);
        result["isOver"] = isOver;
        result["ms"] = watch.Elapsed.TotalMilliseconds;
        return result;
    }

    private JsonObject CloseEndpoint(JsonObject request)
    {
        EndpointOf(request).Close();
        _endpoints.TryRemove((int)request["endpoint"]!, out _);
        return [];
    }

    private static JsonObject Statistics(IrohEndpoint endpoint)
    {
        EndpointStatistics statistics = endpoint.Statistics;
        return new JsonObject
        {
            ["datagramsSent"] = statistics.DatagramsSent,
            ["bytesSent"] = statistics.BytesSent,
            ["datagramsReceived"] = statistics.DatagramsReceived,
            ["bytesReceived"] = statistics.BytesReceived,
            ["datagramsDropped"] = statistics.DatagramsDropped,
            ["drops"] = statistics.Drops,
            ["connections"] = statistics.Connections,
            ["accepted"] = statistics.Accepted,
            ["dialed"] = statistics.Dialed,
            ["handshakesFailed"] = statistics.HandshakesFailed,
        };
    }

    private IrohEndpoint EndpointOf(JsonObject request)
    {
        // A script with a single endpoint need not name it.
        if (request["endpoint"] == null) return _endpoints.Values.Single();
        return _endpoints[(int)request["endpoint"]!];
    }

    private IrohConnection ConnectionOf(JsonObject request) => _connections[(int)request["connection"]!];

    private static EndpointAddr AddrOf(JsonObject request)
    {
        if (EndpointTicket.TryDecode((string)request["ticket"]!, new DesktopCryptoProvider(), out EndpointAddr addr, out string error)) return addr;
        throw new UserException("ticket", error);
    }

    internal static string AlpnOf(JsonObject request) => (string?)request["alpn"] ?? EchoProtocol.Alpn;

    internal static int TimeoutOf(JsonObject request) => (int?)request["timeoutMs"] ?? DefaultTimeoutMs;
}
