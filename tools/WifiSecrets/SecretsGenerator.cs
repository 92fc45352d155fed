using System;
using System.IO;

namespace IrohLite.Tools.Secrets;

/// <summary>The whole step of the build: read, check, write, and say in one line what happened.</summary>
public static class SecretsGenerator
{
    /// <summary>Writes one line to <paramref name="output"/>; returns the exit code. Never prints a value of the files.</summary>
    public static int Run(string secrets, string roots, string target, TextWriter output)
    {
        try
        {
            string[] entries = SecretsFile.Read(secrets);
            bool written = SourceWriter.Update(target, SourceWriter.Write(entries, RootsFile.Read(roots, DateTimeOffset.UtcNow)));
            output.WriteLine("wifi.secrets: " + entries.Length + " entries, " + (written ? "source written" : "unchanged"));
            return 0;
        }
        catch (SecretsException fault)
        {
            output.WriteLine(fault.ToBuildError());
            return 1;
        }
    }
}
