using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>No marks of unfinished work, no paths of one machine, no dead links.</summary>
public class HygieneTests
{
    private static readonly string[] TextFiles =
        [".cs", ".c", ".h", ".cpp", ".md", ".mjs", ".js", ".sh", ".ps1", ".csproj", ".nfproj", ".projitems", ".props", ".slnx", ".yml", ".json", ".txt", ".cmake", "/run"];

    [Fact]
    public void No_file_holds_a_mark_of_unfinished_work()
    {
        Regex marks = new(@"\b(TO" + "DO|FIX" + "ME|HA" + @"CK)\b");
        foreach (SourceFile file in SourceFile.Below("", TextFiles))
        {
            if (file.Path.StartsWith("tests/vectors/", System.StringComparison.Ordinal)) continue;
            Match found = marks.Match(file.Text);
            Assert.False(found.Success, file.Path + "(" + file.LineOf(found.Index) + "): " + found.Value);
        }
    }

    [Fact]
    public void No_file_names_a_path_of_one_machine()
    {
        Regex paths = new("/wor" + @"k/|/roo" + @"t/|/hom" + @"e/\w|C:\\Use" + @"rs\\\w");
        foreach (SourceFile file in SourceFile.Below("", TextFiles))
        {
            Match found = paths.Match(file.Text);
            Assert.False(found.Success, file.Path + "(" + file.LineOf(found.Index) + "): " + found.Value);
        }
    }

    [Fact]
    public void Every_relative_link_of_the_documents_leads_to_a_file()
    {
        List<SourceFile> documents = SourceFile.Below("", ".md");
        Assert.Contains(documents, d => d.Path == "README.md");
        List<string> faults = [];
        foreach (SourceFile document in documents)
            foreach (Match link in Regex.Matches(document.Text, @"\]\(([^)\s]+)\)"))
            {
                string target = link.Groups[1].Value.Split('#')[0];
                if (target.Length == 0 || target.Contains("://") || target.StartsWith("mailto:", System.StringComparison.Ordinal)) continue;
                string path = Path.Combine(Vectors.RepositoryRoot, Path.GetDirectoryName(document.Path), target);
                if (!File.Exists(path) && !Directory.Exists(path)) faults.Add(document.Path + "(" + document.LineOf(link.Index) + "): " + target);
            }
        Assert.True(faults.Count == 0, "links to nothing:\n" + string.Join("\n", faults));
    }

    [Fact]
    public void Every_path_that_the_README_shows_as_code_exists()
    {
        SourceFile readme = SourceFile.Below("", "README.md").Find(f => f.Path == "README.md");
        foreach (Match path in Regex.Matches(readme.Text, @"`((?:lib|desktop|tests|tools|docs|native|firmware|boards)/[\w./-]*)`"))
        {
            string full = Path.Combine(Vectors.RepositoryRoot, path.Groups[1].Value);
            Assert.True(File.Exists(full) || Directory.Exists(full), "README.md names " + path.Groups[1].Value + ", which does not exist");
        }
    }
}
