using System;
using System.IO;
using System.Linq;
using IrohLite.Tools.Secrets;

namespace NanoSurface.Build;

/// <summary>What the device build generates from the owner's wifi.secrets, made here from the filled example.</summary>
internal static class GeneratedSource
{
    private static readonly Lazy<string> Shared = new(Generate);

    /// <summary>Path of the generated source.</summary>
    public static string WifiSecrets => Shared.Value;

    private static string Generate()
    {
        string folder = Repository.Path("artifacts", "nano-surface");
        Directory.CreateDirectory(folder);
        string secrets = Path.Combine(folder, "wifi.secrets"), source = Path.Combine(folder, "WifiSecrets.g.cs");
        File.WriteAllLines(secrets, File.ReadLines(Repository.Path("wifi.secrets.example")).Select(Fill));
        StringWriter output = new();
        int exit = SecretsGenerator.Run(secrets, Repository.Path("firmware", "relay-roots.pem"), source, output);
        return exit == 0 ? source : throw new InvalidOperationException(output.ToString());
    }

    private static string Fill(string line) => line.StartsWith("SSID=", StringComparison.Ordinal) ? "SSID=example"
        : line.StartsWith("PASSWORD=", StringComparison.Ordinal) ? "PASSWORD=example-password" : line;
}
