using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>Every bound a peer can push on is real and written down: docs/memory.md has each constant of the …Limits.cs files with its value.</summary>
public class MemoryDocumentTests
{
    private static readonly SourceFile[] Sources = [.. new[] { "lib", "firmware" }.SelectMany(folder => SourceFile.Below(folder, ".cs"))];

    [Fact]
    public void Every_limit_is_in_the_memory_document_with_its_value()
    {
        string document = File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "docs", "memory.md"));
        List<string> wrong = [];
        List<(string Name, string Value, string Where)> limits = Limits();
        Assert.True(limits.Count >= 20, "only " + limits.Count + " limits were looked at");
        foreach ((string name, string value, string where) in limits)
        {
            Match row = Regex.Match(document, @"^\| `" + name + @"`[^|]*\| ([0-9]+) \|", RegexOptions.Multiline);
            if (!row.Success) wrong.Add(where + "." + name + " has no row");
            else if (long.TryParse(value, CultureInfo.InvariantCulture, out long number) && row.Groups[1].Value != number.ToString(CultureInfo.InvariantCulture))
                wrong.Add(where + "." + name + " is " + value + ", not " + row.Groups[1].Value);
        }

        Assert.True(wrong.Count == 0, "docs/memory.md: " + string.Join(", ", wrong));
    }

    [Fact]
    public void Every_limit_is_applied_somewhere()
    {
        string all = string.Join('\n', Sources.Select(f => f.Code));
        string[] idle = [.. Limits().Where(l => Regex.Count(all, @"\b" + l.Name + @"\b") < 2).Select(l => l.Where + "." + l.Name)];
        Assert.True(idle.Length == 0, "limits nothing uses: " + string.Join(", ", idle));
    }

    private static List<(string Name, string Value, string Where)> Limits() =>
    [
        .. from file in Sources
           where file.Name.EndsWith("Limits", System.StringComparison.Ordinal)
           from Match constant in Regex.Matches(file.Code, @"\bconst (?:int|long) (\w+) = ([^;]+);")
           select (constant.Groups[1].Value, constant.Groups[2].Value, file.Name),
    ];
}
