using System;
using System.IO;
using System.Text.Json.Nodes;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>What needs no network: help, id, ticket, and command lines that make no sense.</summary>
public class OfflineCommandTests
{
    private const string Id = "197f6b23e16c8532c6abc838facd5ea789be0c76b2920334039bfa8b3d368d61";
    private const string IdTicket = "endpointaamx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gwcaa";
    private const string RelayTicket = "endpointaamx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gwcaiadfuhi5dqhixs6mjzgixdcnryfyys4mjqhiztgnbqf4";
    private const string Ip6Ticket = "endpointaamx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gwcaibaeqacdnyaaaaaaaaaaaaaaaaaaa5ciq";

    [Fact]
    public void Help_names_every_command_and_option()
    {
        CliResult help = CliResult.Of("--help").Succeeded();
        foreach (string word in new[] { "irohlite", "demo", "id", "ticket", "echo", "ping", "--relay", "--relay-token", "--secret-file", "--direct", "--timeout", "--json", "--crypto" })
            Assert.Contains(word, help.Output);
        Assert.Contains("--keep", CliResult.Of("demo", "--help").Succeeded().Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("ticket")]
    [InlineData("echo")]
    [InlineData("id --no-such-option")]
    [InlineData("id --timeout 0")]
    [InlineData("id --timeout soon")]
    [InlineData("id --crypto rot13")]
    [InlineData("echo x --size 0")]
    [InlineData("echo x --count 0")]
    [InlineData("echo x --size 2000000000")]
    [InlineData("echo x --size big")]
    [InlineData("echo x --count many")]
    [InlineData("ping x --interval -5")]
    [InlineData("ping x --count -1")]
    [InlineData("ping x --interval -1")]
    [InlineData("switch")]
    [InlineData("switch on x --for long")]
    [InlineData("switch on x --for 604801")]
    [InlineData("sensors log x --from start")]
    [InlineData("sensors log x --from 99999999999999999999")]
    [InlineData("sensors log x --limit few")]
    [InlineData("sensors watch x --interval often")]
    [InlineData("sensors watch x --interval 86401")]
    [InlineData("sensors watch x --count -3")]
    [InlineData("echo x --timeout NaN")]
    public void A_command_line_without_sense_is_told_on_the_error_stream(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        CliResult result = CliResult.Of(words);
        Assert.NotEqual(0, result.Code);
        Assert.NotEqual("", result.Error.Trim());
        if (words.Length == 0) return;

        // What is wrong, not the whole help; and with --json an object like every other error.
        Assert.Equal("", result.Output);
        Assert.StartsWith("error: ", result.Error);
        Assert.Contains("--help' tells", result.Error);
        JsonObject json = CliResult.Of([.. words, "--json"]).Json();
        Assert.Equal(("usage", false), ((string)json["error"]!, (bool)json["ok"]!));
        Assert.Contains((string)json["message"]!, result.Error);
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("ping")]
    public void The_name_of_a_protocol_has_its_length(string command)
    {
        foreach (string name in new[] { "", new string('a', 256), new string('ä', 128) })
            Assert.Contains("--alpn wants 1 to 255 bytes", CliResult.Of(command, IdTicket, "--alpn", name).Error);
        CliResult.Of(command, IdTicket, "--alpn", new string('a', 255), "--lookup", "none").Failed("no lookup service is configured");
    }

    [Fact]
    public void A_ticket_too_long_for_a_qr_code_is_told_so()
    {
        string ticket = "endpoint" + new string('a', 3000);
        CliResult.Of("ticket", ticket).Succeeded();
        CliResult.Of("ticket", ticket, "--qr").Failed("a QR code holds 2953", "leave out --qr");
    }

    [Fact]
    public void A_secret_file_is_made_once_for_its_owner_only_and_then_kept()
    {
        string path = Path.Combine(Path.GetTempPath(), "irohlite-" + Guid.NewGuid().ToString("N"));
        try
        {
            JsonObject first = CliResult.Of("id", "--json", "--secret-file", path).Succeeded().Json();
            JsonObject second = CliResult.Of("id", "--json", "--secret-file", path).Succeeded().Json();
            Assert.Equal(first.ToJsonString(), second.ToJsonString());
            Assert.True((bool)first["ok"]!);
            Assert.Equal(64, ((string)first["id"]!).Length);
            Assert.Equal(52, ((string)first["z32"]!).Length);
            Assert.StartsWith("endpoint", (string)first["ticket"]!);
            Assert.Equal(path, (string)first["secretFile"]!);
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            string secret = File.ReadAllText(path).Trim();
            string shown = CliResult.Of("id", "--secret-file", path).Succeeded().Output;
            Assert.Contains((string)first["id"]!, shown);
            Assert.DoesNotContain(secret, shown);

            File.WriteAllText(path, secret[..63]);
            CliResult.Of("id", "--secret-file", path).Failed("does not hold a secret key");
            CliResult.Of("id", "--secret-file", Path.Combine(path, "below-a-file")).Failed("cannot be used");
            CliResult.Of("id", "--secret-file", Path.GetTempPath()).Failed("is a folder: name a file in it");
            if (OperatingSystem.IsLinux()) CliResult.Of("id", "--secret-file", "/dev/zero").Failed("does not hold a secret key");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Without_a_secret_file_every_id_is_new_and_that_is_said()
    {
        CliResult first = CliResult.Of("id").Succeeded(), second = CliResult.Of("id").Succeeded();
        Assert.NotEqual(first.Output, second.Output);
        Assert.Contains("--secret-file", first.Error);
    }

    [Fact]
    public void A_ticket_is_taken_apart()
    {
        string output = CliResult.Of("ticket", RelayTicket).Succeeded().Output;
        Assert.Contains("id:    " + Id, output);
        Assert.Contains("relay: http://192.168.1.10:3340/", output);
        JsonObject ip = CliResult.Of("ticket", Ip6Ticket, "--json").Succeeded().Json();
        Assert.Equal(Id, (string)ip["id"]!);
        Assert.Equal("[{\"type\":\"ip\",\"address\":\"[2001:db8::1]:4433\"}]", ip["addresses"]!.ToJsonString());
        Assert.Contains("no addresses", CliResult.Of("ticket", IdTicket).Succeeded().Output);
        Assert.Equal("[]", CliResult.Of("ticket", Id, "--json").Succeeded().Json()["addresses"]!.ToJsonString());
    }

    [Fact]
    public void A_ticket_is_shown_as_a_qr_code()
    {
        string output = CliResult.Of("ticket", RelayTicket, "--qr").Succeeded().Output;
        Assert.Contains('█', output);
        Assert.Contains('█', (string)CliResult.Of("ticket", RelayTicket, "--qr", "--json").Succeeded().Json()["qr"]!);
        Assert.DoesNotContain('█', CliResult.Of("ticket", RelayTicket).Output);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("endpoint")]
    [InlineData("endpointaamx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gwcaa=")]
    [InlineData("ENDPOINTaamx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gwcaa")]
    [InlineData("endpointaamx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gw")]
    public void A_broken_ticket_is_refused_with_its_fault(string ticket)
    {
        CliResult.Of("ticket", ticket).Failed("not an endpoint ticket");
        JsonObject json = CliResult.Of("echo", ticket, "--json").Failed("not an endpoint ticket").Json();
        Assert.False((bool)json["ok"]!);
        Assert.Equal("bad-ticket", (string)json["error"]!);
        Assert.Contains("not an endpoint ticket", (string)json["message"]!);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        CliResult.Of("echo", IdTicket, "--direct", "--relay", "http://127.0.0.1:1").Failed("--direct");
        CliResult.Of("echo", IdTicket, "--message", "a", "--size", "3").Failed("--message and --size");
        CliResult.Of("echo", IdTicket, "--relay-token", "t").Failed("--relay");
        CliResult.Of("echo", IdTicket, "--relay", "no url").Failed("'no url' is not a relay URL", "http://127.0.0.1:3340");
    }
}
