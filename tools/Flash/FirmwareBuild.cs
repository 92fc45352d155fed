using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace IrohLite.Tools.Flash;

/// <summary>Builds the device projects and finds the image: all assemblies one after another, as the deploy partition takes them.</summary>
internal sealed class FirmwareBuild(string root, Toolbox tools, ICommandRunner runner)
{
    /// <summary>Size of the deploy partition in the project's own partition table; the stock one has twice as much at the same place.</summary>
    public const long DeployPartitionBytes = 0xE0000;

    // Every assembly of nanoFramework starts with it.
    private static readonly byte[] Marker = Encoding.ASCII.GetBytes("NFMRK");

    public string ImagePath => Path.Combine(root, "firmware", "bin", "Release", "Firmware.bin");

    public string[] RestoreCommand() => ["restore", Path.Combine(root, "nanoFramework.sln"), "-NonInteractive"];

    public string[] BuildCommand(string board)
    {
        List<string> command =
        [
            Path.Combine(root, "firmware", "Firmware.nfproj"), "-t:Rebuild", "-p:Configuration=Release", "-p:Board=" + board, "-verbosity:minimal", "-nologo",
        ];
        if (tools.ProjectSystem is { } folder) command.Add("-p:NanoFrameworkProjectSystemPath=" + folder);
        return command.ToArray();
    }

    /// <summary>Returns the image's path; throws FlashException.</summary>
    public string Run(string board)
    {
        string nuget = tools.NuGet, msbuild = tools.MSBuild;
        CommandResult restored = runner.Run(nuget, RestoreCommand(), root);
        if (restored.ExitCode != 0) throw new FlashException("The packages could not be restored:" + restored.Tail());

        // An image of an earlier build must not pass for this one's.
        if (File.Exists(ImagePath)) File.Delete(ImagePath);
        CommandResult built = runner.Run(msbuild, BuildCommand(board), root);
        if (built.Output.Contains("MSB4057", StringComparison.Ordinal))
            throw new FlashException("The build failed: msbuild has no nanoFramework project system. Install the extension .NET nanoFramework for Visual Studio "
                + "or Visual Studio Code, or name its folder v1.0 in " + Toolbox.ProjectSystemVariable + ".");
        if (built.ExitCode != 0) throw new FlashException("The build failed:" + built.Tail());
        return Check();
    }

    private string Check()
    {
        if (!File.Exists(ImagePath)) throw new FlashException("The build ended well but made no " + ImagePath + ".");
        byte[] image = File.ReadAllBytes(ImagePath);
        if (!image.AsSpan().StartsWith(Marker)) throw new FlashException(ImagePath + " is no image of nanoFramework assemblies.");
        if (image.Length > DeployPartitionBytes)
            throw new FlashException("The image has " + image.Length + " bytes; the deploy partition holds " + DeployPartitionBytes + ".");
        return ImagePath;
    }
}
