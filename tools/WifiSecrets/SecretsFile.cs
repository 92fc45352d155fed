using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using IrohLite.Crypto;
using IrohLite.Firmware.Config;

namespace IrohLite.Tools.Secrets;

/// <summary>The owner's wifi.secrets, checked by the firmware's own parser.</summary>
public static class SecretsFile
{
    private static readonly string[] Placeholders = ["your network", "your password"];

    /// <summary>Reads the file; returns its entries without comments and empty lines. Throws SecretsException.</summary>
    public static string[] Read(string path)
    {
        if (!File.Exists(path))
            throw new SecretsException(path, 1, "wifi.secrets is missing: copy wifi.secrets.example to wifi.secrets and fill in SSID and PASSWORD");

        string[] lines = ReadLines(path);
        for (int i = 0; i < lines.Length; i++)
            if (!lines[i].TrimStart().StartsWith('#') && lines[i].IndexOf('=') is >= 0 and var at && Placeholders.Contains(lines[i][(at + 1)..].Trim()))
                throw new SecretsException(path, i + 1, "still holds the text of the example: put in your own value");

        if (!DeviceSettings.TryParse(lines, new DesktopCryptoProvider(), out _, out string error)) throw Place(path, error);
        return lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').ToArray();
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            throw new SecretsException(path, 1, "is not UTF-8 text: save it as UTF-8");
        }
    }

    // "wifi.secrets line 3: what is wrong" or "wifi.secrets what is wrong".
    private static SecretsException Place(string path, string error)
    {
        Match match = Regex.Match(error, @"^wifi\.secrets (?:line (\d+): )?(.*)$");
        return new SecretsException(path, match.Groups[1].Success ? int.Parse(match.Groups[1].Value) : 1, match.Groups[2].Value);
    }
}
