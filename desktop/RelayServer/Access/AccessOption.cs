using System;
using System.Collections.Generic;
using IrohLite.Crypto;

namespace IrohLite.RelayServer.Access;

/// <summary>Reads the text of --access.</summary>
public static class AccessOption
{
    /// <summary>The texts that are understood.</summary>
    public const string Syntax = "everyone | allowlist:FILE | denylist:FILE | token | http:URL";

    /// <summary>
    /// Makes the access control a text asks for. Throws <see cref="FormatException"/>, <see cref="ArgumentException"/> or an I/O
    /// exception, with what is wrong.
    /// </summary>
    /// <param name="text">One of <see cref="Syntax"/>; http:URL is "http:" followed by a whole http or https URL.</param>
    /// <param name="tokens">For "token": the shared tokens.</param>
    /// <param name="bearerToken">For "http": what to present to the service.</param>
    /// <param name="crypto">To check the ids of lists.</param>
    public static IRelayAccess Parse(string text, IReadOnlyCollection<string> tokens, string? bearerToken, ICryptoProvider crypto)
    {
        int colon = text.IndexOf(':');
        string kind = colon < 0 ? text : text[..colon];
        string argument = colon < 0 ? "" : text[(colon + 1)..];
        switch (kind)
        {
            case "everyone" when colon < 0: return new EveryoneAccess();
            case "allowlist" when argument.Length > 0: return ListAccess.FromFile(argument, listedAreAllowed: true, crypto);
            case "denylist" when argument.Length > 0: return ListAccess.FromFile(argument, listedAreAllowed: false, crypto);
            case "token" when colon < 0: return new TokenAccess(tokens);
            case "http" or "https": return new HttpAccess(ServiceUrl(text, argument), bearerToken);
            default: throw new FormatException($"--access '{text}' is not one of {Syntax}");
        }
    }

    // Both "http:https://host/path" and the plain URL are understood.
    private static Uri ServiceUrl(string text, string argument)
    {
        string url = argument.StartsWith("//", StringComparison.Ordinal) ? text : argument;
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? service) && service.Scheme is "http" or "https") return service;
        throw new FormatException($"--access {text}: '{url}' is not an http or https URL");
    }
}
