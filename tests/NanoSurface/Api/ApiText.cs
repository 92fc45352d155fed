using System;
using System.Linq;

namespace NanoSurface.Api;

/// <summary>Small readings of one line of the listing.</summary>
internal static class ApiText
{
    private static readonly string[] Kinds = ["class", "struct", "interface", "enum", "delegate"];

    /// <summary>Zero-width characters occur in two names of the listing; C# ignores them in identifiers.</summary>
    public static string Clean(string line) => line.Replace("\u200b", "");

    public static bool IsTypeHeader(string line) => KindOf(line) != null;

    /// <summary>The kind word of a type header, or null for anything else.</summary>
    public static string? KindOf(string line)
    {
        foreach (string word in WithoutAttributes(line).Split(' '))
        {
            if (Kinds.Contains(word)) return word;
            if (word is not ("sealed" or "abstract" or "static" or "readonly" or "ref" or "unsafe" or "public" or "new")) return null;
        }
        return null;
    }

    public static string NameOf(string header)
    {
        string text = WithoutAttributes(header);
        string kind = KindOf(header) ?? throw new FormatException("not a type header: " + header);
        string rest = text[(text.IndexOf(kind + " ", StringComparison.Ordinal) + kind.Length + 1)..];
        if (kind == "delegate") rest = rest[..rest.IndexOf('(')].Split(' ', 2)[1];
        int end = rest.IndexOfAny([' ', ':', '{', '(']);
        return end < 0 ? rest : rest[..end];
    }

    /// <summary>Drops leading "[…] " groups.</summary>
    public static string WithoutAttributes(string line)
    {
        while (line.StartsWith('[') && line.IndexOf("] ", StringComparison.Ordinal) is int end and > 0) line = line[(end + 2)..];
        return line;
    }

    /// <summary>The leading "[…] " groups.</summary>
    public static string AttributesOf(string line) => line[..(line.Length - WithoutAttributes(line).Length)];

    /// <summary>Drops a trailing comment ("//native", "// on classes").</summary>
    public static string WithoutComment(string line)
    {
        int at = line.IndexOf("//", StringComparison.Ordinal);
        return (at < 0 ? line : line[..at]).TrimEnd();
    }

    /// <summary>The parameter list's text between the outer parentheses.</summary>
    public static string ParametersOf(string member) => member[(member.IndexOf('(') + 1)..member.LastIndexOf(')')];
}
