using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace IrohLite.Tests.House;

/// <summary>One text file of this repository, with a view of it that has comments and string contents blanked out.</summary>
internal sealed class SourceFile
{
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", "packages", "artifacts", "TestResults", ".git", ".vs", "BenchmarkDotNet.Artifacts"];
    private string _code;

    /// <summary>A file that need not exist, for tests of the rules themselves.</summary>
    public SourceFile(string relativePath, string text)
    {
        Path = relativePath;
        Text = text;
    }

    /// <summary>Relative to the root of the checkout, with forward slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public int LineCount => Text.Count(c => c == '\n') + (Text.EndsWith('\n') ? 0 : 1);

    /// <summary>The text with comments and the contents of strings replaced by blanks, line breaks kept.</summary>
    public string Code => _code ??= Blank(Text);

    public string Folder => Path[..Path.LastIndexOf('/')];

    public int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;

    /// <summary>All files below <paramref name="folder"/> ("" = everywhere) whose names end as given; build output is not looked at.</summary>
    public static List<SourceFile> Below(string folder, params string[] endings)
    {
        List<SourceFile> files = [];
        string start = System.IO.Path.Combine(Vectors.RepositoryRoot, folder);
        if (Directory.Exists(start)) Walk(start, endings, files);
        return files.OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
    }

    private static void Walk(string folder, string[] endings, List<SourceFile> files)
    {
        foreach (string file in Directory.GetFiles(folder))
            if (endings.Any(e => file.EndsWith(e, StringComparison.Ordinal))) files.Add(new SourceFile(System.IO.Path.GetRelativePath(Vectors.RepositoryRoot, file).Replace('\\', '/'), File.ReadAllText(file)));
        foreach (string inner in Directory.GetDirectories(folder))
            if (!Skipped.Contains(System.IO.Path.GetFileName(inner))) Walk(inner, endings, files);
    }

    /// <summary>Reads C# and C: line and block comments, plain, verbatim, interpolated and raw strings, characters.</summary>
    internal static string Blank(string text)
    {
        StringBuilder code = new(text.Length);
        int i = 0;
        while (i < text.Length)
        {
            int end = EndOfTrivia(text, i);
            if (end == i)
            {
                code.Append(text[i++]);
                continue;
            }
            for (; i < end; i++) code.Append(text[i] is '\n' or '\r' ? text[i] : ' ');
        }
        return code.ToString();
    }

    private static int EndOfTrivia(string text, int at)
    {
        if (Starts(text, at, "//")) return IndexOrEnd(text, text.IndexOf('\n', at), 0);
        if (Starts(text, at, "/*")) return IndexOrEnd(text, text.IndexOf("*/", at + 2, StringComparison.Ordinal), 2);
        if (Starts(text, at, "\"\"\"")) return IndexOrEnd(text, text.IndexOf("\"\"\"", at + 3, StringComparison.Ordinal), 3);
        if (text[at] is not ('"' or '\'')) return at;
        bool verbatim = text[at] == '"' && at > 0 && (text[at - 1] == '@' || (at > 1 && text[at - 1] == '$' && text[at - 2] == '@'));
        int i = at + 1;
        while (i < text.Length && text[i] != text[at] && (verbatim || text[i] != '\n'))
        {
            if (text[i] == '\\' && !verbatim) i++;
            i++;
            if (verbatim && Starts(text, i, "\"\"")) i += 2;
        }
        return Math.Min(i + 1, text.Length);
    }

    private static bool Starts(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static int IndexOrEnd(string text, int index, int extra) => index < 0 ? text.Length : index + extra;
}
