using System;
using System.IO;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>Mistakes on the command line: told on one line, exit code 1.</summary>
[Collection("console")]
public class ProgramTests
{
    [Theory]
    [InlineData("--listen 3340", "HOST:PORT is wanted")]
    [InlineData("--listen 127.0.0.1:x", "'x' is not a port")]
    [InlineData("--listen 127.0.0.1:65536", "'65536' is not a port")]
    [InlineData("--listen relay.test:1", "'relay.test' is not an IP address")]
    [InlineData("--access friends", "'friends' is not one of everyone |")]
    [InlineData("--access token", "no access token is given")]
    [InlineData("--access allowlist:/nowhere/at/all", "/nowhere/at/all")]
    [InlineData("--dns 5300", "--dns '5300': HOST:PORT is wanted")]
    [InlineData("--listen 192.0.2.1:0", "cannot listen on 192.0.2.1:0: ")]
    [InlineData("--burst 5", "--burst wants --rate-limit beside it")]
    [InlineData("--rate-limit 0", "--rate-limit wants 1 to 1000000000000 bytes per second, not '0'")]
    [InlineData("--tls-cert a.pem", "--tls-cert and --tls-key go together")]
    [InlineData("--rate-limit much", "--rate-limit wants 1 to 1000000000000 bytes per second, not 'much'")]
    [InlineData("--rate-limit 9223372036854775807", "--rate-limit wants 1 to 1000000000000 bytes per second")]
    [InlineData("--token sesame", "--token wants --access token beside it")]
    [InlineData("--token sesame --access everyone", "--token wants --access token beside it")]
    [InlineData("--http-bearer sesame", "--http-bearer wants --access http:URL beside it")]
    [InlineData("--dns-origin lan.example", "--dns-origin wants --dns beside it")]
    [InlineData("--dns 127.0.0.1:0 --dns-origin a..b", "--dns-origin 'a..b' is not a domain")]
    [InlineData("--dns 192.0.2.1:0 --listen 127.0.0.1:0", "cannot listen on 192.0.2.1:0 for DNS: ")]
    [InlineData("--tls-cert a.pem --tls-key b.pem", "a.pem")]
    [InlineData("--access http:ftp://x", "--access http:ftp://x: 'ftp://x' is not an http or https URL")]
    [InlineData("nonsense", "'nonsense'")]
    public void A_mistake_is_named(string arguments, string error)
    {
        TextWriter before = Console.Error, output = Console.Out;
        using StringWriter written = new();
        Console.SetError(written);
        try
        {
            object? code = typeof(RelayHost).Assembly.EntryPoint!.Invoke(null, [arguments.Split(' ')]);
            Assert.Equal(1, code);
        }
        finally
        {
            Console.SetError(before);
            Console.SetOut(output);
        }

        Assert.Contains(error, written.ToString());
        Assert.DoesNotContain("   at ", written.ToString());
    }
}
