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
    [InlineData("--rate-limit 0", "--rate-limit 0: a number above 0 is wanted")]
    [InlineData("--tls-cert a.pem", "--tls-cert and --tls-key go together")]
    public void A_mistake_is_named(string arguments, string error)
    {
        TextWriter before = Console.Error;
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
        }

        Assert.Contains(error, written.ToString());
    }
}
