using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>The demo, end to end.</summary>
public class DemoTests
{
    [Fact]
    public void The_demo_shows_tickets_and_an_echo_both_ways_and_succeeds()
    {
        string output = CliResult.Of("demo", "--crypto", "managed").Succeeded().Output;
        foreach (string line in new[] { "relay: http://127.0.0.1:", "crypto: managed", "  Endpoint ID: ", "  Short ticket: endpoint", "  Long ticket:  endpoint",
            "Router started, accepting connections", "Accepted connection from ", "Got bidi stream", "Copied over 13 byte(s)",
            "'Hello, world!' came back by relay http://127.0.0.1:", "'Hello, world!' came back by udp 127.0.0.1:" })
            Assert.Contains(line, output);
    }

    [Fact]
    public void The_demo_prints_one_json_object()
    {
        JsonObject json = CliResult.Of("demo", "--json", "--crypto", "managed").Succeeded().Json();
        Assert.Equal(["ok", "relay", "shortTicket", "longTicket", "crypto", "relayed", "direct"], [.. System.Linq.Enumerable.Take(System.Linq.Enumerable.Select(json, p => p.Key), 7)]);
        Assert.Equal("managed", (string)json["crypto"]!);
        Assert.StartsWith("relay ", (string)json["relayed"]!["path"]!);
        Assert.StartsWith("udp ", (string)json["direct"]!["path"]!);
    }

    [Fact]
    public void A_direct_demo_needs_no_relay()
    {
        JsonObject json = CliResult.Of("demo", "--direct", "--json").Succeeded().Json();
        Assert.Null(json["relay"]);
        Assert.False(json.ContainsKey("relayed"));
        Assert.StartsWith("udp ", (string)json["direct"]!["path"]!);
    }

    [Fact]
    public async Task A_demo_that_is_kept_answers_other_programs_until_it_is_told_to_stop()
    {
        if (OperatingSystem.IsWindows()) return;
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Cli.dll"));
        start.ArgumentList.Add("demo");
        start.ArgumentList.Add("--keep");
        using Process demo = Process.Start(start)!;
        try
        {
            string? ticket = null;
            string? line;
            while ((line = await demo.StandardOutput.ReadLineAsync()) != null && !line.StartsWith("The board stays up", StringComparison.Ordinal))
                if (line.StartsWith("  Long ticket:", StringComparison.Ordinal)) ticket = line[14..].Trim();
            Assert.NotNull(line);
            CliResult.Of("echo", ticket!).Succeeded();
            CliResult.Of("echo", ticket!, "--direct").Succeeded();
            using (Process kill = Process.Start("kill", ["-TERM", demo.Id.ToString()])) await kill.WaitForExitAsync();
            Task<string> rest = demo.StandardOutput.ReadToEndAsync();
            await demo.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
            Assert.Equal(0, demo.ExitCode);
            await rest;
        }
        finally
        {
            if (!demo.HasExited) demo.Kill();
        }
    }
}
