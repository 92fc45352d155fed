using System;
using System.Buffers.Binary;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Lookup;

/// <summary>A DNS responder over UDP and TCP for the names of the packets in a store, so that a LAN without internet has short tickets.</summary>
public sealed class DnsResponder : IAsyncDisposable
{
    private const int PortTries = 16;
    private const int MaxTcpClients = 16;
    private const int MaxMessageBytes = 65535;
    private static readonly TimeSpan TcpPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    private readonly DnsAnswer _answer;
    private readonly Socket _udp;
    private readonly TcpListener _tcp;
    private readonly SemaphoreSlim _tcpClients = new(MaxTcpClients);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private DnsResponder(DnsAnswer answer, Socket udp, TcpListener tcp)
    {
        (_answer, _udp, _tcp) = (answer, udp, tcp);
        _running = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    /// <summary>Where it listens, on UDP and TCP alike.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint)_udp.LocalEndPoint!;

    /// <summary>Starts answering; throws <see cref="SocketException"/> when the address cannot be listened on.</summary>
    /// <param name="listen">Address and port; port 0 takes a free one.</param>
    /// <param name="store">Where the answers come from.</param>
    /// <param name="origin">The domain under which ids are asked for, such as "dns.iroh.link".</param>
    public static DnsResponder Start(IPEndPoint listen, PkarrStore store, string origin)
    {
        // A port that UDP has free may be taken for TCP.
        for (int tries = 1; ; tries++)
        {
            try
            {
                (Socket udp, TcpListener tcp) = Bind(listen);
                return new DnsResponder(new DnsAnswer(store, origin), udp, tcp);
            }
            catch (SocketException) when (listen.Port == 0 && tries < PortTries)
            {
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Stop();
        await _running;
        _stop.Dispose();
    }

    private static (Socket Udp, TcpListener Tcp) Bind(IPEndPoint listen)
    {
        bool isEverywhere = listen.Address.Equals(IPAddress.IPv6Any);
        Socket udp = new(listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (isEverywhere) udp.DualMode = true;
            udp.Bind(listen);
            TcpListener tcp = new(listen.Address, ((IPEndPoint)udp.LocalEndPoint!).Port);
            if (isEverywhere) tcp.Server.DualMode = true;
            tcp.Start(MaxTcpClients);
            return (udp, tcp);
        }
        catch
        {
            udp.Dispose();
            throw;
        }
    }

    private async Task ServeUdpAsync()
    {
        byte[] buffer = new byte[MaxMessageBytes];
        IPEndPoint any = new(_udp.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult received = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                if (_answer.To(buffer.AsSpan(0, received.ReceivedBytes), DnsAnswer.MaxUdpBytes) is { } answer)
                    await _udp.SendToAsync(answer, SocketFlags.None, received.RemoteEndPoint, _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // The sender is gone; others go on.
            }
        }
    }

    private async Task ServeTcpAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _tcpClients.WaitAsync(_stop.Token);
                TcpClient client = await _tcp.AcceptTcpClientAsync(_stop.Token);
                _ = AnswerTcpAsync(client);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                if (_stop.IsCancellationRequested) return;
                _tcpClients.Release();
                await Task.Delay(AcceptPause);
            }
        }
    }

    // RFC 1035 section 4.2.2: two bytes of length in front of each message. One question a connection is enough here.
    private async Task AnswerTcpAsync(TcpClient client)
    {
        try
        {
            using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            patience.CancelAfter(TcpPatience);
            NetworkStream stream = client.GetStream();
            byte[] prefix = new byte[2];
            await stream.ReadExactlyAsync(prefix, patience.Token);
            byte[] query = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            await stream.ReadExactlyAsync(query, patience.Token);
            if (_answer.To(query, MaxMessageBytes) is not { } answer) return;
            BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)answer.Length);
            await stream.WriteAsync((byte[])[.. prefix, .. answer], patience.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client left or was too slow.
        }
        finally
        {
            client.Dispose();
            _tcpClients.Release();
        }
    }
}
