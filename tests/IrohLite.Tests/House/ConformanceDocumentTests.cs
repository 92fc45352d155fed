using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>docs/conformance.md tells the truth: each test it names exists, and its lists are whole.</summary>
public class ConformanceDocumentTests
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "docs", "conformance.md"));

    [Fact]
    public void Every_test_it_names_exists()
    {
        Dictionary<string, List<SourceFile>> files = SourceFile.Below("tests", ".cs").GroupBy(f => f.Name).ToDictionary(g => g.Key, g => g.ToList());
        List<string> missing = [];
        MatchCollection named = Regex.Matches(s_document, @"`(\w+Tests)\.(\w+)`");
        Assert.True(named.Count > 170, "only " + named.Count + " tests are named");
        foreach (Match test in named)
        {
            bool exists = files.TryGetValue(test.Groups[1].Value, out List<SourceFile> classes)
                && classes.Exists(f => IsTest(f, test.Groups[2].Value));
            if (!exists) missing.Add(test.Value);
        }

        Assert.True(missing.Count == 0, "no such test:\n" + string.Join("\n", missing));
    }

    [Fact]
    public void The_negative_table_has_its_83_rows_and_each_names_tests_of_its_number()
    {
        for (int number = 1; number <= 83; number++)
        {
            Match row = Regex.Match(s_document, @"^\| " + number + @" \|[^\n]*Negative\w+Tests[^\n]*$", RegexOptions.Multiline);
            Assert.True(row.Success, "row " + number);
            MatchCollection tests = Regex.Matches(row.Value, @"`Negative\w+Tests\.N(\d\d)_\w+`");
            Assert.NotEmpty(tests);
            Assert.All(tests, test => Assert.Equal(number, int.Parse(test.Groups[1].Value)));
        }
    }

    [Theory]
    [InlineData("N")]
    [InlineData("H")]
    [InlineData("B")]
    public void No_test_with_the_number_of_a_case_is_left_out(string letter)
    {
        List<string> absent = [];
        int found = 0;
        foreach (SourceFile file in SourceFile.Below("tests/IrohLite.Tests/Conformance", "Tests.cs"))
            foreach (Match method in Regex.Matches(file.Code, @"public void (" + letter + @"\d\d_\w+)\("))
            {
                found++;
                string name = "`" + file.Name + "." + method.Groups[1].Value + "`";
                if (!s_document.Contains(name)) absent.Add(name);
            }

        Assert.True(found >= 24, found + " tests");
        Assert.True(absent.Count == 0, "not in docs/conformance.md:\n" + string.Join("\n", absent));
    }

    // A method of that name with an attribute that makes it a test before it.
    private static bool IsTest(SourceFile file, string method) =>
        Regex.IsMatch(file.Code, @"\[(Fact|Theory)\b(?:(?!public)[\s\S])*public (void|async Task) " + method + @"\(");
}
