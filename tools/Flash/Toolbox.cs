using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace IrohLite.Tools.Flash;

/// <summary>Where the other programs are: an environment variable names one, or PATH holds it, or Visual Studio does.</summary>
internal sealed class Toolbox(Func<string, string?> variable, ICommandRunner runner)
{
    public const string NanoffVariable = "IROHLITE_NANOFF";
    public const string MSBuildVariable = "IROHLITE_MSBUILD";
    public const string NuGetVariable = "IROHLITE_NUGET";
    public const string ProjectSystemVariable = "NanoFrameworkProjectSystemPath";

    public string Nanoff => Find("nanoff", NanoffVariable)
        ?? throw new FlashException("nanoff is missing. Install it: dotnet tool install -g nanoff --version 2.5.*");

    public string NuGet => Find("nuget", NuGetVariable)
        ?? throw new FlashException("nuget is missing: the device projects use packages.config. Get nuget.exe from nuget.org (Linux: the package nuget), or name it in " + NuGetVariable + ".");

    public string MSBuild => Find("msbuild", MSBuildVariable) ?? FromVisualStudio()
        ?? throw new FlashException("msbuild is missing. Windows: install Visual Studio 2022 with the extension .NET nanoFramework. "
            + "Linux: the package mono-complete. Or name it in " + MSBuildVariable + ".");

    /// <summary>The folder of the nanoFramework project system with its closing separator; null leaves Visual Studio's own.</summary>
    public string? ProjectSystem
    {
        get
        {
            string? named = variable(ProjectSystemVariable) ?? FromVisualStudioCode();
            return named == null || named.EndsWith('/') || named.EndsWith('\\') ? named : named + Path.DirectorySeparatorChar;
        }
    }

    private string? Find(string name, string override_)
    {
        if (variable(override_) is { Length: > 0 } named)
            return File.Exists(named) ? named : throw new FlashException(override_ + " names " + named + ", which does not exist.");
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        IEnumerable<string> folders = (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if ((variable("HOME") ?? variable("USERPROFILE")) is { } home) folders = folders.Append(Path.Combine(home, ".dotnet", "tools"));
        return folders.SelectMany(f => endings.Select(e => Path.Combine(f, name + e))).FirstOrDefault(File.Exists);
    }

    private string? FromVisualStudio()
    {
        if (variable("ProgramFiles(x86)") is not { } programs) return null;
        string vswhere = Path.Combine(programs, "Microsoft Visual Studio", "Installer", "vswhere.exe");
        if (!File.Exists(vswhere)) return null;
        CommandResult found = runner.Run(vswhere, ["-latest", "-products", "*", "-requires", "Microsoft.Component.MSBuild", "-find", @"MSBuild\**\Bin\MSBuild.exe"], programs);
        return found.Output.Split('\n').Select(l => l.Trim()).FirstOrDefault(File.Exists);
    }

    // The extension for Visual Studio Code carries the project system somewhere in its folder.
    private string? FromVisualStudioCode()
    {
        if ((variable("HOME") ?? variable("USERPROFILE")) is not { } home) return null;
        string extensions = Path.Combine(home, ".vscode", "extensions");
        if (!Directory.Exists(extensions)) return null;
        return Directory.GetDirectories(extensions, "nanoframework.vscode-nanoframework-*").OrderDescending(StringComparer.Ordinal)
            .SelectMany(d => Directory.GetFiles(d, "NFProjectSystem.props", SearchOption.AllDirectories)).Select(Path.GetDirectoryName).FirstOrDefault();
    }
}
