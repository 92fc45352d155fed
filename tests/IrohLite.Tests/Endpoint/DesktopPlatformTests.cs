using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Identity;
using IrohLite.Platform;
using Xunit;

namespace IrohLite.Tests.Endpoint;

/// <summary>The desktop's sockets and streams, on loopback.</summary>
public class DesktopPlatformTests
{
    private const int LongMs = 60000;

    [Fact]
    public void The_clock_goes_on()
    {
        DesktopClock clock = new();
        long begin = clock.NowMs;
        while (clock.NowMs == begin) Thread.Yield();
        Assert.True(clock.NowMs > begin);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("127.0.0.1", "::")]
    public void A_datagram_and_its_answer_arrive_with_the_senders_address(string bound, string other)
    {
        DesktopUdpSocket a = new(IPAddress.Parse(bound), 0), b = new(IPAddress.Parse(other), 0);
        byte[] loopback = [127, 0, 0, 1], padded = new byte[20], address = new byte[16];
        padded[7] = 99;
        Assert.True(b.Send(padded, 7, 3, loopback, 4, a.LocalPort));
        int count = a.Receive(padded, 10, 10, address, out int length, out int port, LongMs);
        Assert.Equal((3, 4, b.LocalPort, (byte)99), (count, length, port, padded[10]));
        Assert.Equal(loopback, address[..4]);
        Assert.True(a.Send(padded, 10, 1, address, length, port));
        Assert.Equal(1, b.Receive(padded, 0, 20, address, out _, out port, LongMs));
        Assert.Equal(a.LocalPort, port);
        Assert.Equal(0, b.Receive(padded, 0, 20, address, out _, out _, 0));
        Assert.Equal(0, b.Receive(padded, 0, 20, address, out _, out _, 1));
        a.Close();
        b.Close();
        Assert.Equal(-1, a.Receive(padded, 0, 20, address, out _, out _, 0));
        Assert.False(a.Send(padded, 0, 1, loopback, 4, port));
    }

    [Fact]
    public async Task Closing_a_socket_wakes_its_reader()
    {
        DesktopUdpSocket socket = new(IPAddress.Loopback, 0);
        using ManualResetEventSlim started = new();
        Task<int> read = Task.Run(() =>
        {
            started.Set();
            return socket.Receive(new byte[10], 0, 10, new byte[16], out _, out _, Timeout.Infinite);
        });
        started.Wait();
        Thread.Sleep(20);
        socket.Close();
        Assert.Equal(-1, await read);
    }

    [Fact]
    public void A_socket_names_the_addresses_where_it_can_be_reached()
    {
        DesktopUdpSocket bound = new(IPAddress.Loopback, 0), any = new(IPAddress.Any, 0);
        Assert.Equal("ip 127.0.0.1:" + bound.LocalPort, Assert.Single(bound.ReachableAt()).ToString());
        TransportAddr[] all = any.ReachableAt();
        Assert.NotEmpty(all);
        Assert.All(all, a => Assert.Equal((4, any.LocalPort), (a.IpAddress.Length, a.Port)));
        bound.Close();
        any.Close();
    }

    [Fact]
    public async Task A_plain_stream_reads_writes_times_out_and_ends()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        IByteStream stream = new DesktopStreamConnector().Connect("localhost", ((IPEndPoint)listener.LocalEndpoint).Port, false, LongMs);
        using TcpClient server = await listener.AcceptTcpClientAsync();
        byte[] buffer = new byte[10];
        Assert.Equal(-1, stream.Read(buffer, 0, 10, 1));
        stream.Write([0, 1, 2, 3], 1, 3);
        await server.GetStream().ReadExactlyAsync(buffer, 0, 3);
        Assert.Equal([1, 2, 3], buffer[..3]);
        server.GetStream().Write([7]);
        Assert.Equal(1, stream.Read(buffer, 5, 5, LongMs));
        Assert.Equal(7, buffer[5]);
        server.Close();
        Assert.Equal(0, stream.Read(buffer, 0, 10, LongMs));
        stream.Close();
        Assert.Equal(0, stream.Read(buffer, 0, 10, LongMs));
        Assert.Throws<StreamFailedException>(() => stream.Write(buffer, 0, 1));
    }

    [Fact]
    public void A_stream_takes_bytes_at_once_until_its_peer_stops_reading()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        IByteStream stream = new DesktopStreamConnector().Connect("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, false, LongMs);
        using TcpClient peer = listener.AcceptTcpClient();
        byte[] bytes = new byte[4097];
        Assert.False(stream.TryWrite(bytes, 0, 4097));
        long taken = 0;
        while (stream.TryWrite(bytes, 0, 4096)) taken += 4096;
        Assert.InRange(taken, 16384, 1L << 30);

        // All of it arrives, and then there is room again.
        NetworkStream reading = peer.GetStream();
        byte[] into = new byte[65536];
        while (taken > 0) taken -= reading.Read(into);
        Assert.Equal(0, taken);
        Assert.True(stream.TryWrite(bytes, 0, 1));
        Assert.Equal(1, reading.Read(into));
        stream.Close();
        Assert.Throws<StreamFailedException>(() => stream.TryWrite(bytes, 0, 1));
    }

    [Fact]
    public void A_closed_port_and_an_unknown_host_are_told_apart()
    {
        // Bound, so that nobody else gets the port, but not listening.
        using Socket closed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)closed.LocalEndPoint!).Port;
        StreamFailedException refused = Assert.Throws<StreamFailedException>(() => new DesktopStreamConnector().Connect("127.0.0.1", port, false, LongMs));
        Assert.Contains("cannot reach 127.0.0.1 port " + port, refused.Message);

        // A label of 64 characters is none (RFC 1035 section 2.3.4): no name server is asked.
        string name = new string('x', 64) + ".invalid";
        StreamFailedException unknown = Assert.Throws<StreamFailedException>(() => new DesktopStreamConnector().Connect(name, 1, false, LongMs));
        Assert.Contains("cannot find the host " + name, unknown.Message);
    }

    [Fact]
    public void A_listener_that_never_answers_the_tls_hello_is_given_up()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        TestEndpoints.Eventually(
            () => Assert.Throws<StreamFailedException>(() => new DesktopStreamConnector().Connect("127.0.0.1", port, true, 500)).Message.Contains("TLS with 127.0.0.1 failed"),
            "the time is over after the TCP connect");
    }

    [Theory]
    [InlineData("localhost", true, null)]
    [InlineData("localhost", false, "TLS with localhost failed")]
    [InlineData("127.0.0.1", true, "TLS with 127.0.0.1 failed")]
    public async Task A_certificate_must_be_trusted_and_carry_the_hosts_name(string host, bool isTrusted, string error)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task serve = Serve(listener, certificate);
        DesktopStreamConnector connector = new(isTrusted ? [made] : null);
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        if (error != null)
        {
            Assert.Contains(error, Assert.Throws<StreamFailedException>(() => connector.Connect(host, port, true, LongMs)).Message);
            return;
        }

        IByteStream stream = connector.Connect(host, port, true, LongMs);
        stream.Write([1, 2, 3], 0, 3);
        byte[] buffer = new byte[3];
        int total = 0;
        while (total < 3) total += stream.Read(buffer, total, 3 - total, LongMs);
        Assert.Equal([1, 2, 3], buffer);
        stream.Close();
        await serve;
    }

    private static async Task Serve(TcpListener listener, X509Certificate2 certificate)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        using SslStream tls = new(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            byte[] buffer = new byte[3];
            await tls.ReadExactlyAsync(buffer);
            await tls.WriteAsync(buffer);
        }
        catch (Exception e) when (e is System.IO.IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client refused the certificate.
        }
    }
}
