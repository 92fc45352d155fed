using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>The virtual board's program, run as a process: what a user gets wrong is told in one line, with exit code 1.</summary>
public sealed class BoardProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("irohlite-board").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData("--config", "missing.txt")]
    [InlineData("--script", "missing.txt")]
    [InlineData("--inside", "missing.txt")]
    public void A_missing_file_is_named(string option, string file)
    {
        (int code, string output, string error) = Run("--listen", "127.0.0.1:0", option, Path.Combine(_folder, file));
        Assert.Equal(1, code);
        Assert.StartsWith("error: ", error);
        Assert.Contains(file, error);
        Assert.DoesNotContain("   at ", error);
        Assert.Equal("", output);
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
    public void A_share_of_faults_outside_0_to_1_is_refused(string share)
    {
        (int code, _, string error) = Run("--listen", "127.0.0.1:0", "--faults", share);
        Assert.Equal(1, code);
        Assert.Contains("--faults wants a number from 0 to 1", error);
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
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "VirtualBoard.dll"));
        foreach (string arg in args) start.ArgumentList.Add(arg);
        using Process board = Process.Start(start)!;
        board.StandardInput.Close();
        System.Threading.Tasks.Task<string> error = board.StandardError.ReadToEndAsync();
        System.Threading.Tasks.Task<string> output = board.StandardOutput.ReadToEndAsync();
        bool isOver = board.WaitForExit(120_000);
        if (!isOver) board.Kill();
        Assert.True(isOver, "the program does not end");
        return (board.ExitCode, output.Result, error.Result);
    }
}
