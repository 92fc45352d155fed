using System;
using System.IO;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>The virtual board's program, run as a process: what a user gets wrong is told in one line, with exit code 1.</summary>
public sealed class BoardProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("irohlite-board").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("--config", "missing.txt", "missing.txt")]
    [InlineData("--script", "missing.txt", "missing.txt")]
    [InlineData("--inside", "missing.txt", "missing.txt")]
    [InlineData("--owners", "me", "OWNERS: entry 1 is no endpoint id")]
    [InlineData("--listen", "here", "--listen wants an address and a port")]
    [InlineData("--relay", "no url", "RELAY: ")]
    public void What_cannot_be_used_is_one_line_and_exit_code_1(string option, string value, string words)
    {
        (int code, string output, string error) = Run("--relay-only", option, value == words ? Path.Combine(_folder, value) : value);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("error: ", error);
        Assert.Contains(words, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_script_that_quits_ends_the_board_in_order()
    {
        string script = Path.Combine(_folder, "script");
        File.WriteAllText(script, "wait 500\nexplode\nquit\n");
        (int code, string output, string error) = Run("--listen", "127.0.0.1:0", "--script", script);
        Assert.Equal((0, ""), (code, error));
        foreach (string line in new[] { "WiFi connected: 127.0.0.1", "  Listening on: 127.0.0.1:", "  Endpoint ID: ", "orders are:", "Stopping: closing", "Endpoint closed" }) Assert.Contains(line, output);
    }

    [Fact]
    public void A_flash_folder_that_cannot_be_made_is_named()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        (int code, _, string error) = Run("--listen", "127.0.0.1:0", "--flash", file);
        Assert.Equal(1, code);
        Assert.StartsWith("error: ", error);
        Assert.Contains(file, error);
    }

    [Fact]
    public void An_address_of_another_computer_is_refused_with_advice()
    {
        (int code, _, string error) = Run("--listen", "192.0.2.1:0");
        Assert.Equal(1, code);
        Assert.StartsWith("error: cannot listen on UDP 192.0.2.1:0: ", error);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-0.1")]
    [InlineData("NaN")]
    [InlineData("many")]
    public void A_share_of_faults_outside_0_to_1_is_refused(string share)
    {
        (int code, _, string error) = Run("--listen", "127.0.0.1:0", "--faults", share);
        Assert.Equal(1, code);
        Assert.StartsWith("error: --faults wants a number from 0 to 1", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public void A_bad_line_of_the_config_file_is_counted_in_that_file()
    {
        string config = Path.Combine(_folder, "config");
        File.WriteAllText(config, "# comment\nREADING=sometimes\n");
        (int code, _, string error) = Run("--listen", "127.0.0.1:0", "--config", config);
        Assert.Equal(1, code);
        Assert.StartsWith("error: --config, line 2: READING must be", error);
    }

    [Fact]
    public void A_bad_option_is_not_called_a_line_of_a_file()
    {
        (int code, _, string error) = Run("--listen", "127.0.0.1:0", "--owners", "abc");
        Assert.Equal(1, code);
        Assert.StartsWith("error: OWNERS: entry 1 is no endpoint id", error);
    }

    [Fact]
    public void An_unknown_order_is_named_and_the_flash_is_its_owners_alone()
    {
        string script = Path.Combine(_folder, "script"), flash = Path.Combine(_folder, "flash");
        File.WriteAllText(script, "fly away\nquit\n");
        (int code, string output, string error) = Run("--listen", "127.0.0.1:0", "--flash", flash, "--script", script);
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Contains("'fly away' is no order; orders are:", output);
        Assert.EndsWith("Endpoint closed\n", output.ReplaceLineEndings("\n"));
        string[] slots = Directory.GetFiles(flash);
        Assert.Contains(slots, s => Path.GetFileName(s).StartsWith("key.", StringComparison.Ordinal));
        if (OperatingSystem.IsWindows()) return;
        foreach (string slot in slots) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(slot));
    }

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        using ProgramRun board = ProgramRun.Start("VirtualBoard", args);
        return board.End();
    }
}
