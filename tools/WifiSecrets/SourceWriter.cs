using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace IrohLite.Tools.Secrets;

/// <summary>Writes the firmware's Config/WifiSecrets.g.cs.</summary>
public static class SourceWriter
{
    /// <summary>The source, plain ASCII.</summary>
    public static string Write(IReadOnlyList<string> entries, string rootsPem)
    {
        StringBuilder text = new();
        text.Append("// Generated from wifi.secrets and relay-roots.pem at each build. It holds secrets: never commit it.\n");
        text.Append("namespace IrohLite.Firmware.Config;\n\n");
        text.Append("/// <summary>What the board's owner configured.</summary>\ninternal static class WifiSecrets\n{\n");
        text.Append("    /// <summary>Roots that a relay's certificate must lead to, as PEM.</summary>\n    internal const string RelayRoots =\n");
        string[] lines = rootsPem.TrimEnd('\n').Split('\n');
        for (int i = 0; i < lines.Length; i++)
            text.Append("        ").Append(Quote(lines[i] + "\n")).Append(i + 1 < lines.Length ? " +\n" : ";\n\n");
        text.Append("    /// <summary>The entries of wifi.secrets.</summary>\n    internal static string[] Entries() => new string[]\n    {\n");
        foreach (string entry in entries) text.Append("        ").Append(Quote(entry)).Append(",\n");
        return text.Append("    };\n}\n").ToString();
    }

    /// <summary>Writes the file unless it holds that text already, so that an unchanged file rebuilds nothing. True when it was written.</summary>
    public static bool Update(string path, string text)
    {
        if (File.Exists(path) && File.ReadAllText(path) == text) return false;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return true;
    }

    private static string Quote(string value)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in value)
        {
            if (c == '\n') quoted.Append("\\n");
            else if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~') quoted.Append(c);
            else quoted.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
        return quoted.Append('"').ToString();
    }
}
