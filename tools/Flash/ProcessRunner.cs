using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace IrohLite.Tools.Flash;

/// <summary>Real processes. What they print goes on as it comes and is kept. No shell is involved, so nothing needs quoting.</summary>
internal sealed class ProcessRunner(TextWriter echo, IReadOnlyDictionary<string, string>? variables = null) : ICommandRunner
{
    // An MSBuild above us sets these for itself; a .NET Framework MSBuild below us must not see them.
    private static readonly string[] Foreign = ["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "MSBuildLoadMicrosoftTargetsReadOnly"];

    public CommandResult Run(string program, IReadOnlyList<string> arguments, string folder)
    {
        ProcessStartInfo start = new(program) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (string name in Foreign) start.Environment.Remove(name);
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        StringBuilder output = new();
        void Take(object sender, DataReceivedEventArgs e)
        {
            if (e.Data == null) return;
            lock (output)
            {
                output.Append(e.Data).Append('\n');
                echo.WriteLine("  " + e.Data);
            }
        }

        try
        {
            using Process process = new() { StartInfo = start };
            process.OutputDataReceived += Take;
            process.ErrorDataReceived += Take;
            process.Start();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            return new CommandResult(process.ExitCode, output.ToString());
        }
        catch (Win32Exception fault)
        {
            throw new FlashException("Cannot start " + program + ": " + fault.Message);
        }
    }
}
