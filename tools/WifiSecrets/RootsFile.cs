using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IrohLite.Tools.Secrets;

/// <summary>The pinned roots that a relay's certificate must lead to, as one PEM text.</summary>
public static class RootsFile
{
    /// <summary>Most roots: each costs memory at every TLS handshake of the board.</summary>
    public const int MaxRoots = 4;

    /// <summary>Reads the certificates and drops what stands between them. Throws SecretsException.</summary>
    public static string Read(string path, DateTimeOffset now)
    {
        if (!File.Exists(path)) throw new SecretsException(path, 1, "is missing: it holds the root certificates of the relays, in PEM form");
        string text = File.ReadAllText(path);
        StringBuilder pem = new();
        int count = 0, from = 0;
        while (PemEncoding.TryFind(text.AsSpan(from), out PemFields fields))
        {
            int line = text.AsSpan(0, from + fields.Location.Start.Value).Count('\n') + 1;
            if (!text.AsSpan(from)[fields.Label].SequenceEqual("CERTIFICATE"))
                throw new SecretsException(path, line, "holds something other than a certificate; a private key must never be here");
            string block = text[(from + fields.Location.Start.Value)..(from + fields.Location.End.Value)];
            Check(path, line, block, now);
            pem.Append(block.ReplaceLineEndings("\n")).Append('\n');
            if (++count > MaxRoots) throw new SecretsException(path, line, "holds more than " + MaxRoots + " certificates");
            from += fields.Location.End.Value;
        }

        if (count == 0) throw new SecretsException(path, 1, "holds no certificate in PEM form");
        return pem.ToString();
    }

    private static void Check(string path, int line, string block, DateTimeOffset now)
    {
        try
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(block);
            if (certificate.NotAfter.ToUniversalTime() <= now.UtcDateTime) throw new SecretsException(path, line, "this certificate has expired");
            bool isAuthority = certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority);
            if (!isAuthority) throw new SecretsException(path, line, "this certificate belongs to no authority: put the root here, not the relay's own certificate");
        }
        catch (CryptographicException)
        {
            throw new SecretsException(path, line, "this certificate is damaged");
        }
    }
}
