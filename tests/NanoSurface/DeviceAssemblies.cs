using System;
using System.Collections.Generic;
using System.Linq;
using NanoSurface.Build;

namespace NanoSurface;

/// <summary>All device projects, compiled once for all tests of this run.</summary>
internal static class DeviceAssemblies
{
    private static readonly Lazy<List<(DeviceProject Project, Compiled Result)>> Shared = new(CompileAll);

    public static List<(DeviceProject Project, Compiled Result)> All => Shared.Value;

    /// <summary>The firmware with the pins of another board than its project's default.</summary>
    public static Compiled FirmwareFor(string board)
    {
        DeviceProject firmware = All.Single(a => a.Project.AssemblyName == "Firmware").Project;
        return DeviceCompiler.Compile(firmware.For(board), All.ToDictionary(a => a.Project.File, a => a.Result));
    }

    private static List<(DeviceProject Project, Compiled Result)> CompileAll()
    {
        Dictionary<string, Compiled> done = [];
        List<(DeviceProject, Compiled)> all = [];
        foreach (DeviceProject project in DeviceProject.All())
        {
            Compiled result = done[project.File] = DeviceCompiler.Compile(project, done);
            all.Add((project, result));
        }
        return all;
    }
}
