using System;

namespace IrohLite.Tools.Secrets;

/// <summary>An input of the generator is missing or wrong. The message says how to mend it and never holds a value of the file.</summary>
public sealed class SecretsException(string file, int line, string message) : Exception(message)
{
    /// <summary>The file the message speaks of.</summary>
    public string File { get; } = file;

    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The message in the form that MSBuild and editors recognise as an error at a place.</summary>
    public string ToBuildError() => File + "(" + Line + "): error IROH001: " + Message;
}
