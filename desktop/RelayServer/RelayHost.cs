using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using System.Linq;
using IrohLite.RelayServer.Lookup;

namespace IrohLite.RelayServer;

/// <summary>
/// A running relay: Kestrel accepts connections and serves the small pages; a connection whose first request asks for /relay becomes
/// a relay session. Not for the internet: there one runs iroh-relay.
/// </summary>
public sealed class RelayHost : IAsyncDisposable
{
    private const int PipeBytes = 64 * 1024;
    private static readonly TimeSpan TickPeriod = TimeSpan.FromMilliseconds(250);

    private readonly WebApplication _app;
    private readonly RelayServices _services;
    private readonly ITimer _ticks;
    private DnsResponder? _dns;
    private int _isStopped;

    private RelayHost(WebApplication app, RelayServices services)
    {
        _app = app;
        _services = services;
        _ticks = services.Time.CreateTimer(_ => Tick(), null, TickPeriod, TickPeriod);
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        ListenUrl = address.EndsWith('/') ? address : address + "/";
        Port = new Uri(address).Port;
    }

    /// <summary>The relay's URL, as endpoints dial it when the listening address is one they reach: "http://127.0.0.1:3340/".</summary>
    public string ListenUrl { get; }

    /// <summary>The TCP port.</summary>
    public int Port { get; }

    /// <summary>Where DNS is answered, or null.</summary>
    public IPEndPoint? DnsEndPoint => _dns?.LocalEndPoint;

    /// <summary>What was counted so far, in the text format of Prometheus.</summary>
    public string Metrics => _services.Metrics.ToPrometheus();

    internal RelayServices Services => _services;

    /// <summary>Starts a relay; throws <see cref="IOException"/> when the address cannot be listened on.</summary>
    public static async Task<RelayHost> StartAsync(RelayHostOptions options, CancellationToken cancellation = default)
    {
        RelayServices services = new(options);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            sockets.NoDelay = true;
            sockets.MaxReadBufferSize = PipeBytes;
            sockets.MaxWriteBufferSize = PipeBytes;
        });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = RelayLimits.MaxConnections;
            kestrel.Listen(options.Listen, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (options.Certificate != null) listen.UseHttps(https => (https.ServerCertificate, https.ServerCertificateChain) = (options.Certificate, options.CertificateChain));
                RelayListener listener = new(services);
                listen.Use(next => connection => listener.OnConnectionAsync(connection, next));
            });
        });

        WebApplication app = builder.Build();
        RelayPages.Map(app, services);
        if (options.Pkarr != null) PkarrPages.Map(app, options.Pkarr, new PutLimiter(options.Time));
        try
        {
            DnsResponder? dns = options.Pkarr != null && options.Dns != null ? StartDns(options.Dns, options.Pkarr, options.DnsOrigin) : null;
            try
            {
                await app.StartAsync(cancellation);
            }
            catch
            {
                if (dns != null) await dns.DisposeAsync();
                throw;
            }

            return new RelayHost(app, services) { _dns = dns };
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Drops all clients and frees the port.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0) return;
        await _ticks.DisposeAsync();
        if (_dns != null) await _dns.DisposeAsync();
        await _services.Stopping.CancelAsync();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static DnsResponder StartDns(IPEndPoint listen, PkarrStore store, string origin)
    {
        try
        {
            return DnsResponder.Start(listen, store, origin);
        }
        catch (SocketException e)
        {
            throw new IOException($"cannot listen on {listen} for DNS: {e.Message}", e);
        }
    }

    private void Tick()
    {
        long nowMs = _services.NowMs;
        foreach (RelayClient client in _services.Clients.Snapshot())
        {
            if (client.OnTick(nowMs)) continue;
            _services.Metrics.PingTimeouts.Add(1);
            client.End("ping not answered");
        }
    }
}
