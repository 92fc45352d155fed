using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using IrohLite.Platform;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>The PEM files of --tls-cert and --tls-key.</summary>
public sealed class ServerCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tls").FullName;
    private readonly X509Certificate2 _root;
    private readonly string _whole, _alone, _key;

    public ServerCertificateTests()
    {
        using RSA rootKey = RSA.Create(2048), middleKey = RSA.Create(2048), ownKey = RSA.Create(2048);
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1), to = DateTimeOffset.UtcNow.AddDays(1);
        _root = Authority("CN=root", rootKey).CreateSelfSigned(from, to);
        using X509Certificate2 middle = Authority("CN=middle", middleKey).Create(_root, from, to, [1]).CopyWithPrivateKey(middleKey);
        CertificateRequest request = new("CN=localhost", ownKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 own = request.Create(middle, from, to, [2]);
        _alone = Write("alone.pem", own.ExportCertificatePem());
        _whole = Write("whole.pem", own.ExportCertificatePem() + "\n" + middle.ExportCertificatePem() + "\n");
        _key = Write("key.pem", ownKey.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_folder, true);
    }

    [Fact]
    public async Task Who_knows_only_the_authority_at_the_end_of_the_chain_trusts_the_relay()
    {
        ServerCertificate tls = ServerCertificate.FromPem(_whole, _key);
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Certificate = tls.Certificate, CertificateChain = tls.Chain });
        DesktopStreamConnector connector = new(new X509Certificate2Collection(_root));
        connector.Connect("localhost", relay.Port, true, 60_000).Close();
    }

    [Fact]
    public async Task Without_the_certificate_between_the_relay_is_not_trusted()
    {
        ServerCertificate tls = ServerCertificate.FromPem(_alone, _key);
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Certificate = tls.Certificate, CertificateChain = tls.Chain });
        DesktopStreamConnector connector = new(new X509Certificate2Collection(_root));
        Assert.Contains("PartialChain", Assert.Throws<StreamFailedException>(() => connector.Connect("localhost", relay.Port, true, 60_000)).Message);
    }

    [Fact]
    public void A_file_that_cannot_be_used_is_named_with_its_fault()
    {
        using RSA other = RSA.Create(2048);
        string otherKey = Write("other.pem", other.ExportPkcs8PrivateKeyPem()), rubbish = Write("rubbish.pem", "rubbish");
        string locked = Write("locked.pem", other.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)));
        foreach ((string certificate, string key, string words) in new[]
        {
            (rubbish, _key, "--tls-cert " + rubbish + ": no certificate in it"),
            (_key, _key, "--tls-cert " + _key + ": no certificate in it"),
            (_whole, otherKey, "--tls-key " + otherKey + ": this is no PEM key, or not the one of " + _whole),
            (_whole, rubbish, "--tls-key " + rubbish + ": this is no PEM key"),
            (_whole, _alone, "--tls-key " + _alone + ": this is no PEM key"),
            (_whole, locked, "--tls-key " + locked + ": the key is under a password"),
        })
            Assert.StartsWith(words, Assert.Throws<FormatException>(() => ServerCertificate.FromPem(certificate, key)).Message);
        string missing = Path.Combine(_folder, "missing.pem");
        Assert.Contains(missing, Assert.ThrowsAny<IOException>(() => ServerCertificate.FromPem(missing, _key)).Message);
        Assert.Contains(missing, Assert.ThrowsAny<IOException>(() => ServerCertificate.FromPem(_whole, missing)).Message);
    }

    private static CertificateRequest Authority(string name, RSA key)
    {
        CertificateRequest request = new(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
