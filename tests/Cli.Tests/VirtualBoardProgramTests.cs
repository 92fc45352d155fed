using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>The program virtualboard as a process.</summary>
public sealed class VirtualBoardProgramTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("irohlite").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task A_script_that_quits_ends_the_board_in_order()
    {
        string script = Path.Combine(_folder, "script");
        await File.WriteAllTextAsync(script, "wait 500\nexplode\nquit\n");
        (int code, string output, string error) = await RunAsync("--listen", "127.0.0.1:0", "--script", script);
        Assert.Equal((0, ""), (code, error));
        foreach (string line in new[] { "WiFi connected: 127.0.0.1", "  Listening on: 127.0.0.1:", "  Endpoint ID: ", "orders are:", "Stopping: closing", "Endpoint closed" }) Assert.Contains(line, output);
    }

    [Theory]
    [InlineData("--config", "none", "none")]
    [InlineData("--script", "none", "none")]
    [InlineData("--inside", "none", "none")]
    [InlineData("--owners", "me", "OWNERS: entry 1 is no endpoint id")]
    [InlineData("--listen", "here", "--listen wants an address and a port")]
    [InlineData("--relay", "no url", "RELAY: ")]
    public async Task What_cannot_be_used_is_one_line_and_exit_code_1(string option, string value, string words)
    {
        (int code, string output, string error) = await RunAsync("--relay-only", option, value == "none" ? Path.Combine(_folder, value) : value);
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("error: ", error);
        Assert.Contains(words, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "VirtualBoard.dll"));
        foreach (string arg in args) start.ArgumentList.Add(arg);
        using Process board = Process.Start(start)!;
        try
        {
            Task<string> output = board.StandardOutput.ReadToEndAsync(), error = board.StandardError.ReadToEndAsync();
            await board.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
            return (board.ExitCode, await output, await error);
        }
        finally
        {
            if (!board.HasExited) board.Kill();
        }
    }
}
