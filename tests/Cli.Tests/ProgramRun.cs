using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>One of the desktop programs as a process of its own.</summary>
internal sealed class ProgramRun : IDisposable
{
    private const int LongMs = 120_000;
    private readonly Process _process;
    private readonly Task<string> _output, _error;

    private ProgramRun(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        (_output, _error) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts "Cli", "RelayServer" or "VirtualBoard" with arguments, and nothing on its input.</summary>
    internal static ProgramRun Start(string program, params string[] args) => new(new ProcessStartInfo("dotnet", args.Prepend(PathOf(program))));

    /// <summary>The same in bash, with something behind the command such as "&gt;/dev/full".</summary>
    internal static ProgramRun StartWith(string redirection, string program, params string[] args) =>
        new(new ProcessStartInfo("bash", ["-c", "dotnet \"$0\" \"$@\" " + redirection, PathOf(program), .. args]));

    /// <summary>Sends a signal, "INT" or "TERM".</summary>
    internal void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    internal (int Code, string Output, string Error) End()
    {
        Assert.True(_process.WaitForExit(LongMs), "the program does not end");
        return (_process.ExitCode, _output.Result, _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(true);
        _process.Dispose();
    }

    private static string PathOf(string program) => Path.Combine(AppContext.BaseDirectory, program + ".dll");
}
