using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>What one run of the program gave.</summary>
internal sealed record CliResult(int Code, string Output, string Error)
{
    private static readonly string[] s_dialing = ["echo", "ping", "sensors", "switch", "status"];

    /// <summary>Runs a command line in this process; a dial has a minute unless the line says otherwise.</summary>
    internal static CliResult Of(params string[] args)
    {
        if (args.Length > 0 && s_dialing.Contains(args[0]) && !args.Contains("--timeout")) args = [.. args, "--timeout", "60"];
        StringWriter output = new(), error = new();
        int code = CliProgram.Run(args, TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>
    /// Runs a command line that ends by its timeout: with longer and longer ones, until one was long enough for it to find out what it is
    /// to say.
    /// </summary>
    internal static CliResult OfExpiring(string words, params string[] args)
    {
        for (double seconds = 0.5; ; seconds *= 4)
        {
            CliResult result = Of([.. args, "--timeout", seconds.ToString(CultureInfo.InvariantCulture)]);
            if (result.Error.Contains(words) || seconds > 30) return result;
        }
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
