using System;
using System.IO;
using System.Text.Json.Nodes;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>What one run of the program gave.</summary>
internal sealed record CliResult(int Code, string Output, string Error)
{
    /// <summary>Runs a command line in this process.</summary>
    internal static CliResult Of(params string[] args)
    {
        StringWriter output = new(), error = new();
        int code = CliProgram.Run(args, TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>The one JSON object that --json prints.</summary>
    internal JsonObject Json() => JsonNode.Parse(Assert.Single(Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!.AsObject();

    /// <summary>Success: exit code 0, nothing on the error stream.</summary>
    internal CliResult Succeeded()
    {
        Assert.True(Code == 0, "exit code " + Code + ": " + Error);
        return this;
    }

    /// <summary>Failure: exit code 1, nothing but "error: " and a message that holds these words on the error stream.</summary>
    internal CliResult Failed(params string[] words)
    {
        Assert.Equal(1, Code);
        Assert.StartsWith("error: ", Error);
        foreach (string word in words) Assert.Contains(word, Error);
        return this;
    }
}
