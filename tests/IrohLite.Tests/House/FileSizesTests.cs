using System.Collections.Generic;
using System.Text.RegularExpressions;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>Files stay readable in one sitting: 60 to 200 lines, over 300 only with a reason, never over 400.</summary>
public class FileSizesTests
{
    private const int HardLimit = 400;
    private const int ReasonLimit = 300;

    [Fact]
    public void No_source_is_over_400_lines_and_over_300_gives_its_reason_first()
    {
        List<SourceFile> files = SourceFile.Below("", ".cs", ".c", ".h", ".cpp");
        Assert.True(files.Count > 20, "only " + files.Count + " files were looked at");
        List<string> faults = [];
        foreach (SourceFile file in files)
        {
            if (file.LineCount > HardLimit) faults.Add(file.Path + ": " + file.LineCount + " lines, at most " + HardLimit);
            else if (file.LineCount > ReasonLimit && !GivesReason(file.Text))
                faults.Add(file.Path + ": " + file.LineCount + " lines; over " + ReasonLimit + " its first comment must say 'Over 300 lines because …'");
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public void Conditional_compilation_stays_in_Platform_and_in_the_portable_Expect()
    {
        foreach (SourceFile file in SourceFile.Below("", ".cs"))
        {
            if (file.Path.Contains("/Platform/") || file.Path == "tests/Portable/Expect.cs") continue;
            Match found = Regex.Match(file.Code, @"^\s*#\s*(if|elif|else|region)\b", RegexOptions.Multiline);
            Assert.False(found.Success, file.Path + ": " + found.Value.Trim() + " (choose a file by project instead)");
        }
    }

    [Theory]
    [InlineData("// Over 300 lines because the table is one table.\nnamespace A;", true)]
    [InlineData("using System;\n\n/// <summary>The loop. Over 300 lines because …</summary>", true)]
    [InlineData("/// <summary>The loop.</summary>\n// Over 300 lines because: too late", false)]
    [InlineData("using System;", false)]
    public void The_reason_is_looked_for_in_the_first_comment(string text, bool expected) => Assert.Equal(expected, GivesReason(text));

    private static bool GivesReason(string text)
    {
        Match first = Regex.Match(text, @"(^[ \t]*///[^\n]*\n?)+|(^[ \t]*//(?!/)[^\n]*\n?)+|/\*.*?\*/", RegexOptions.Multiline | RegexOptions.Singleline);
        return first.Success && Regex.IsMatch(first.Value, @"Over 300 lines because");
    }
}
