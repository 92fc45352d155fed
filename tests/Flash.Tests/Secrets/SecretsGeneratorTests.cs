using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IrohLite.Tools.Secrets;
using Xunit;

namespace Flash.Tests.Secrets;

/// <summary>wifi.secrets and relay-roots.pem to source: what is written, what is refused, and that no value is ever printed.</summary>
public sealed class SecretsGeneratorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("secrets-tests-").FullName;

    private string Secrets => Path.Combine(_folder, "wifi.secrets");

    private string Roots => Path.Combine(_folder, "relay-roots.pem");

    private string Target => Path.Combine(_folder, "Config", "WifiSecrets.g.cs");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Entries_become_source_without_comments_and_with_every_character_escaped()
    {
        (int exit, string output, string source) = Run("# comment\n\n  SSID=caf\u00e9 \"x\" \\ \U0001F600\nPASSWORD=correct=horse\n");
        Assert.True(exit == 0, output);
        Assert.Contains("        \"SSID=caf\\u00e9 \\\"x\\\" \\\\ \\ud83d\\ude00\",\n        \"PASSWORD=correct=horse\",\n    };", source);
        Assert.DoesNotContain("comment", source);
        Assert.All(source, c => Assert.True(c < 128));
        Assert.Contains("namespace IrohLite.Firmware.Config;", source);
        Assert.Contains("internal static class WifiSecrets", source);
        Assert.Equal("wifi.secrets: 2 entries, source written" + Environment.NewLine, output);
    }

    [Fact]
    public void An_unchanged_file_is_left_alone_so_that_nothing_is_rebuilt()
    {
        Run("SSID=home\n");
        DateTime written = File.GetLastWriteTimeUtc(Target).AddMinutes(-5);
        File.SetLastWriteTimeUtc(Target, written);
        Assert.Contains("unchanged", Run("SSID=home\n").Output);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Target));
        Assert.Contains("source written", Run("SSID=home2\n").Output);
    }

    [Fact]
    public void A_missing_file_says_what_to_copy()
    {
        (int exit, string output, _) = Run(null);
        Assert.Equal(1, exit);
        Assert.Equal(Secrets + "(1): error IROH001: wifi.secrets is missing: copy wifi.secrets.example to wifi.secrets and fill in SSID and PASSWORD" + Environment.NewLine, output);
        Assert.False(File.Exists(Target));
    }

    [Theory]
    [InlineData("SSID=home\nPASSWORD=Sw0rd\n", 2, "PASSWORD must be 8 to 63 characters long, or empty for an open network")]
    [InlineData("PASSWORD=Sw0rdf1sh\n", 1, "SSID is missing: add a line SSID=<name of your WiFi network>")]
    [InlineData("SSID=home\nPASSWORD Sw0rdf1sh\n", 2, "is not of the form KEY=VALUE; comments start with #")]
    [InlineData("SSID=home\nPASSWORT Sw0rdf1sh=1\n", 2, "has an unknown or repeated key; wifi.secrets.example lists all of them")]
    [InlineData("SSID=your network\nPASSWORD=Sw0rdf1sh\n", 1, "still holds the text of the example: put in your own value")]
    [InlineData("SSID=home\nPASSWORD=your password\n", 2, "still holds the text of the example: put in your own value")]
    [InlineData("SSID=home\nSECRET_KEY=Sw0rdf1sh\n", 2, "SECRET_KEY must be 64 lower-case hex digits")]
    public void A_bad_line_is_named_for_the_editor_and_its_value_is_not(string text, int line, string expected)
    {
        (int exit, string output, _) = Run(text);
        Assert.Equal(1, exit);
        Assert.StartsWith(Secrets + "(" + line + "): error IROH001: " + expected, output);
        Assert.DoesNotContain("Sw0rd", output);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void The_example_as_it_stands_is_refused_and_filled_in_it_passes()
    {
        string example = File.ReadAllText(Repository.PathOf("wifi.secrets.example"));
        Assert.Equal(1, Run(example).Exit);
        Assert.Equal(0, Run(example.Replace("your network", "home").Replace("your password", "correct-horse")).Exit);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        File.WriteAllBytes(Secrets, [(byte)'S', (byte)'S', (byte)'I', (byte)'D', (byte)'=', 0xE9, (byte)'\n']);
        Assert.Contains("(1): error IROH001: is not UTF-8 text", Generate().Output);
    }

    [Fact]
    public void No_value_is_printed_whatever_the_outcome()
    {
        string[] keys = ["SSID", "PASSWORD", "SSID2", "PASSWORD2", "SECRET_KEY", "API_SECRET", "RELAY", "RELAY_TOKEN", "OWNERS", "READING", "FAN_MODE",
            "FAN_MIN_ON_SECONDS", "SENSOR_INSIDE", "DISPLAY", "UDP_PORT", "RECORD_SECONDS", "PUBLISH", "PUBLISH_URL", "PUBLISH_LAN", "NONSENSE", "pass word"];
        int refused = 0;
        foreach (string key in keys)
            foreach (string value in new[] { "Sw0rdf1sh", "Sw0rd", "https://Sw0rdf1sh:99999/", "Sw0rdf1sh=Sw0rdf1sh", new string('w', 70) })
            {
                (int exit, string output, _) = Run((key == "SSID" ? "" : "SSID=home\n") + key + "=" + value + "\n");
                refused += exit;
                Assert.DoesNotContain("Sw0rd", output);
                Assert.DoesNotContain("wwww", output);
            }
        Assert.True(refused > 60, "only " + refused + " were refused");
    }

    [Fact]
    public void The_pinned_roots_are_the_two_of_Lets_Encrypt()
    {
        string pem = RootsFile.Read(Repository.PathOf("firmware", "relay-roots.pem"), new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero));
        X509Certificate2Collection roots = [];
        roots.ImportFromPem(pem);
        Assert.Equal(["ISRG Root X1", "ISRG Root X2"], roots.Select(r => r.GetNameInfo(X509NameType.SimpleName, false)));
        Assert.Equal(["96BCEC06264976F37460779ACF28C5A7CFE8A3C0AAE11A8FFCEE05C0BDDF08C6", "69729B8E15A86EFC177A57AFB7171DFC64ADD28C2FCA8CF1507E34453CCB1470"],
            roots.Select(r => r.GetCertHashString(HashAlgorithmName.SHA256)));
        Assert.DoesNotContain("#", pem);
        Assert.EndsWith("-----END CERTIFICATE-----\n", pem);
    }

    [Fact]
    public void The_roots_in_the_source_are_the_file_line_by_line()
    {
        string source = Run("SSID=home\n").Source;
        string pem = RootsFile.Read(Roots, DateTimeOffset.UnixEpoch);
        foreach (string line in pem.TrimEnd('\n').Split('\n')) Assert.Contains("\"" + line + "\\n\"", source);
        Assert.Equal(pem.Count(c => c == '\n'), source.Split("\\n\"").Length - 1);
    }

    [Fact]
    public void A_roots_file_that_would_lock_the_board_out_is_refused()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Assert.Contains("holds no certificate in PEM form", RootsFault("nothing", now));
        Assert.Contains("this certificate is damaged", RootsFault("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", now));
        Assert.Contains("this certificate has expired", RootsFault(Certificate(true, now.AddDays(-1)), now));
        Assert.Contains("belongs to no authority", RootsFault(Certificate(false, now.AddYears(1)), now));
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains("a private key must never be here", RootsFault(key.ExportPkcs8PrivateKeyPem(), now));
        string good = Certificate(true, now.AddYears(1));
        Assert.Contains("(5): ", RootsFault("# a\n# b\n\n\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", now));
        Assert.Contains("holds more than 4 certificates", RootsFault(string.Concat(Enumerable.Repeat(good + "\n", 5)), now));
        Assert.Null(RootsFault(good, now));
    }

    private string? RootsFault(string text, DateTimeOffset now)
    {
        File.WriteAllText(Roots, text);
        try
        {
            RootsFile.Read(Roots, now);
            return null;
        }
        catch (SecretsException fault)
        {
            return fault.ToBuildError();
        }
    }

    private static string Certificate(bool isAuthority, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(until.AddYears(-2), until);
        return certificate.ExportCertificatePem();
    }

    private (int Exit, string Output, string Source) Run(string? secrets)
    {
        if (secrets != null) File.WriteAllText(Secrets, secrets);
        if (!File.Exists(Roots)) File.Copy(Repository.PathOf("firmware", "relay-roots.pem"), Roots);
        return Generate();
    }

    private (int Exit, string Output, string Source) Generate()
    {
        StringWriter output = new();
        int exit = SecretsGenerator.Run(Secrets, Roots, Target, output);
        return (exit, output.ToString(), File.Exists(Target) ? File.ReadAllText(Target) : "");
    }
}
