using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Desktop;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Protocols;
using IrohLite.RelayServer;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>A relay with a certificate, from TCP to the echo.</summary>
public class TlsRelayTests
{
    private const int LongMs = 60000;

    [Fact]
    public async Task A_megabyte_comes_back_through_a_relay_whose_certificate_is_trusted()
    {
        using X509Certificate2 certificate = Certificate();
        RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Certificate = certificate });
        IrohEndpoint server = Bind(relay, certificate), client = Bind(relay, certificate);
        Router router = new(server);
        router.Add(EchoProtocol.Alpn, new EchoProtocol(65536, null));
        router.Start();
        try
        {
            Assert.True(server.WaitOnline(LongMs), server.RelayStatus);
            IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, LongMs);
            Assert.StartsWith("relay https://localhost:", connection.PathText);
            EchoRun.Once(connection, RandomNumberGenerator.GetBytes(1 << 20), LongMs, null);
        }
        finally
        {
            client.Close();
            router.Stop();
            await relay.StopAsync();
        }
    }

    [Fact]
    public async Task A_relay_whose_certificate_nobody_vouches_for_is_not_used_and_the_reason_told()
    {
        using X509Certificate2 certificate = Certificate();
        RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Certificate = certificate });
        IrohEndpoint endpoint = Bind(relay, null);
        try
        {
            Assert.True(SpinWait.SpinUntil(() => endpoint.RelayStatus.Contains("TLS with localhost failed"), LongMs), endpoint.RelayStatus);
            Assert.False(endpoint.IsOnline);
        }
        finally
        {
            endpoint.Close();
            await relay.StopAsync();
        }
    }

    private static IrohEndpoint Bind(RelayHost relay, X509Certificate2? root)
    {
        EndpointOptions options = new EndpointSetup { Udp = null, Crypto = CryptoChoice.Managed }.CreateOptions();
        Assert.True(RelayUrl.TryParse("https://localhost:" + relay.Port, out RelayUrl url, out _));
        options.Relay = url;
        options.Connector = root == null ? new DesktopStreamConnector() : new DesktopStreamConnector([root]);
        return IrohEndpoint.Bind(options);
    }

    private static X509Certificate2 Certificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
