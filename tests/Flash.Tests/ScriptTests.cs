using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Flash.Tests;

/// <summary>tools/flash.ps1 cannot be run without PowerShell, so its text is held to what both versions understand.</summary>
public class ScriptTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("tools", "flash.ps1"));

    [Fact]
    public void The_parameters_are_those_of_the_documents()
    {
        string block = Regex.Match(Text, @"^param\((.*?)^\)", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        Assert.Equal(["Board", "Port", "Baud", "ClrImage", "Erase", "Monitor", "WhatIf"], Regex.Matches(block, @"\$(\w+)(?=\s*(?:,|$))", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value).Where(n => n != "true"));
        foreach (string name in new[] { "Board", "Port", "Baud", "ClrImage", "Erase", "Monitor", "WhatIf" }) Assert.Contains(".PARAMETER " + name, Text);
    }

    [Fact]
    public void Every_option_it_passes_is_one_of_the_program()
    {
        string program = File.ReadAllText(Repository.PathOf("tools", "Flash", "Program.cs"));
        string[] passed = Regex.Matches(Text, @"'(--[a-z-]+)'").Select(m => m.Groups[1].Value).Distinct().Except(["--project"]).ToArray();
        Assert.Equal(["--root", "--board", "--port", "--baud", "--clr-image", "--erase", "--what-if"], passed);
        Assert.All(passed, option => Assert.Contains("new(\"" + option + "\")", program));
    }

    [Fact]
    public void It_stays_thin_and_within_Windows_PowerShell()
    {
        string code = string.Join("\n", Regex.Replace(Text, @"<#.*?#>", "", RegexOptions.Singleline).Split('\n').Where(l => !l.TrimStart().StartsWith('#')));
        Assert.InRange(code.Split('\n').Count(l => l.Trim().Length > 0), 20, 60);
        // Operators of PowerShell 7 alone.
        Assert.DoesNotMatch(@"\?\?|\?\.|&&|\|\||\s\?\s|-Parallel|\bclean\s*\{", code);
        Assert.DoesNotContain("nanoff", code);
        // Windows PowerShell reads a file without byte order mark in the system's code page.
        Assert.All(Text, c => Assert.True(c < 128));
        Assert.Equal(code.Count(c => c == '{'), code.Count(c => c == '}'));
        Assert.Equal(code.Count(c => c == '('), code.Count(c => c == ')'));
    }
}
