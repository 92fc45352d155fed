using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IrohLite.RelayServer;

/// <summary>The certificate a relay serves TLS with, its key, and the certificates between it and the authority that clients know.</summary>
internal sealed class ServerCertificate
{
    private ServerCertificate(X509Certificate2 certificate, X509Certificate2[] chain)
    {
        Certificate = certificate;
        Chain = new X509Certificate2Collection(chain);
    }

    /// <summary>The relay's own certificate, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>What is sent along: a client knows the root, not what stands between.</summary>
    public X509Certificate2Collection Chain { get; }

    /// <summary>
    /// Reads PEM files, the relay's own certificate first. Throws <see cref="FormatException"/> that names the file, or what the system says
    /// about it.
    /// </summary>
    public static ServerCertificate FromPem(string certificatePath, string keyPath)
    {
        X509Certificate2Collection all = [];
        try
        {
            all.ImportFromPemFile(certificatePath);
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"--tls-cert {certificatePath}: {e.Message}");
        }

        if (all.Count == 0) throw new FormatException($"--tls-cert {certificatePath}: no certificate in it; PEM with BEGIN CERTIFICATE is wanted");
        return new ServerCertificate(WithKey(all[0], certificatePath, keyPath), all.Skip(1).ToArray());
    }

    private static X509Certificate2 WithKey(X509Certificate2 certificate, string certificatePath, string keyPath)
    {
        string key = System.IO.File.ReadAllText(keyPath);
        if (key.Contains("ENCRYPTED", StringComparison.Ordinal)) throw new FormatException($"--tls-key {keyPath}: the key is under a password; give one without");
        try
        {
            X509Certificate2 whole = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);

            // Windows serves TLS only with a key that has been through its own store.
            return OperatingSystem.IsWindows() ? X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null) : whole;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new FormatException($"--tls-key {keyPath}: this is no PEM key, or not the one of {certificatePath}");
        }
    }
}
