using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace IrohLite.Desktop;

/// <summary>What a program says to a command line it does not understand: what is wrong and where help is, not the whole help.</summary>
public static class UsageErrors
{
    /// <summary>What is wrong with a command line; null when it can be run.</summary>
    public static string? Of(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 || parsed.Action is not ParseErrorAction) return null;

        // The library spreads some of its messages over lines.
        return string.Join("; ", parsed.Errors.Select(e => string.Join(' ', e.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.')).Distinct());
    }

    /// <summary>Writes it for people.</summary>
    public static void Tell(ParseResult parsed, string message, TextWriter error)
    {
        string command = parsed.CommandResult.Command.Name;
        for (SymbolResult? parent = parsed.CommandResult.Parent; parent is CommandResult above; parent = parent.Parent) command = above.Command.Name + " " + command;
        error.WriteLine("error: " + message);
        error.WriteLine("'" + command + " --help' tells what can be written");
    }
}
