using System.Threading;
using IrohLite.Discovery;
using IrohLite.Firmware.Config;
using IrohLite.Identity;

namespace IrohLite.Firmware.Net;

/// <summary>Runs the library's publisher on a thread of its own, because an announcement blocks.</summary>
public sealed class NodePublisher : INodePublisher
{
    private const int CheckMs = 500;

    private readonly DevicePlatform _platform;
    private readonly PkarrServer _server;
    private readonly PublishStamp _stamp;
    private readonly bool _withIp;
    private readonly object _lock = new object();
    private readonly AutoResetEvent _changed = new AutoResetEvent(false);
    private PkarrPublisher _publisher;
    private EndpointAddr _addr;
    private bool _started;
    private bool _stopping;

    /// <summary>Announces to the server of the settings; an unusable address of it was refused at build time.</summary>
    public NodePublisher(DevicePlatform platform, DeviceSettings settings)
    {
        _platform = platform;
        PkarrServer.TryParse(settings.PublishUrl, out _server, out _);
        _stamp = new PublishStamp(platform.Slots);
        _withIp = settings.PublishLan;
    }

    /// <inheritdoc />
    public string Status => _publisher == null ? "not yet" : _publisher.Status;

    /// <inheritdoc />
    public bool IsPublished => _publisher != null && _publisher.IsPublished;

    /// <inheritdoc />
    public void Update(SecretKey key, EndpointAddr addr)
    {
        lock (_lock)
        {
            _addr = addr;
            if (addr == null || _server == null || _platform.Connector == null) return;
            if (_publisher == null) _publisher = Create(key);
            if (!_started) new Thread(Run).Start();
            _started = true;
        }

        _changed.Set();
    }

    /// <summary>Ends the thread.</summary>
    public void Stop()
    {
        _stopping = true;
        _changed.Set();
    }

    private PkarrPublisher Create(SecretKey key) =>
        new PkarrPublisher(_server, _platform.Connector, SecretKey.FromSeed(key.Seed, 0, _platform.PublisherCrypto), _stamp, _platform.Clock, _withIp);

    private void Run()
    {
        while (!_stopping)
        {
            EndpointAddr addr;
            lock (_lock) addr = _addr;
            if (addr != null) _publisher.RunIfDue(addr, _platform.WallClock.UnixSeconds * 1000000);
            _changed.WaitOne(CheckMs, false);
        }
    }
}
