using IrohLite.Diagnostics;
using IrohLite.Firmware.Services;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Protocols;
using IrohLite.Quic;

namespace IrohLite.Firmware.Net;

/// <summary>The node's endpoint and router over the library: built anew with each WiFi address, always with the same key and services.</summary>
public sealed class NodeEndpoint : INodeEndpoint
{
    private const int EchoBufferBytes = 1024;

    private readonly NodeContext _context;
    private readonly ILogSink _log;
    private readonly IClock _clock;
    private readonly RefusalLimiter _refusals = new RefusalLimiter();
    private IrohEndpoint _endpoint;
    private Router _router;
    private ConnectionSlots _slots;

    /// <summary>Serves the node's protocols; <paramref name="log"/> may be null.</summary>
    public NodeEndpoint(NodeContext context, ILogSink log)
        : this(context, log, context.Platform.Clock)
    {
    }

    // A test that makes the node's time jump leaves the connections' time alone.
    internal NodeEndpoint(NodeContext context, ILogSink log, IClock clock)
    {
        _context = context;
        _log = log;
        _clock = clock;
    }

    /// <inheritdoc />
    public bool IsRelayOnline => _endpoint != null && _endpoint.IsOnline;

    /// <inheritdoc />
    public int ConnectionCount => _slots == null ? 0 : _slots.Count;

    /// <inheritdoc />
    public string RelayStatus => _endpoint == null ? "not started" : _endpoint.RelayStatus;

    /// <inheritdoc />
    public EndpointAddr Address => _endpoint == null ? null : _endpoint.Addr;

    /// <inheritdoc />
    public void Start(SecretKey key, RelayUrl relay, byte[] lanAddress)
    {
        DevicePlatform platform = _context.Platform;
        IUdpSocket udp = platform.Udp == null ? null : platform.Udp.Open(_context.Settings.UdpPort);
        QuicConfig quic = udp == null ? QuicConfig.Device() : QuicConfig.DeviceOnUdp();
        EndpointOptions options = new EndpointOptions
        {
            SecretKey = key,
            Crypto = platform.Crypto,
            Random = platform.Random,
            Clock = _clock,
            Log = _log,
            LogLevel = LogLevel.Warn,
            Relay = relay,
            RelayToken = _context.Settings.RelayToken,
            Connector = platform.Connector,
            Udp = udp,
            Quic = quic,
        };
        if (udp != null) options.DirectAddresses = new[] { TransportAddr.ForIp(lanAddress, udp.LocalPort) };
        _endpoint = IrohEndpoint.Bind(options);
        _router = new Router(_endpoint);
        AddServices(quic.MaxConnections);
        _router.Start();
    }

    /// <inheritdoc />
    public void Stop()
    {
        if (_router != null) _router.Stop();
        _router = null;
        _endpoint = null;
        _slots = null;
    }

    private void AddServices(int maxConnections)
    {
        _slots = new ConnectionSlots(maxConnections);
        Add(NodeCodec.Alpn, new IrpcServer(new NodeService(_context, _refusals)));
        if (_context.Boots.SafeMode) return;

        EchoProtocol echo = new EchoProtocol(EchoBufferBytes, _log);
        Add(EchoProtocol.Alpn, echo);
        Add(EchoProtocol.ShortAlpn, echo);
        Add(SmartFanCodec.Alpn, new IrpcServer(new SmartFanService(_context, _refusals)));
        Add(SensorLogCodec.Alpn, new IrpcServer(new SensorLogService(_context)));
    }

    private void Add(string alpn, IProtocolHandler handler) =>
        _router.Add(alpn, new NodeHandler(handler, _slots, _context.Platform.Serial));
}
