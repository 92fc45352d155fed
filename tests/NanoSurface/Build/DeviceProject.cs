using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace NanoSurface.Build;

/// <summary>What a device project (.nfproj) compiles and references, read from its XML and the .projitems it imports.</summary>
internal sealed class DeviceProject
{
    private readonly string _board;

    private DeviceProject(string file, XDocument xml, string? board)
    {
        File = file;
        _board = board ?? Value(xml, "Board");
        AssemblyName = Value(xml, "AssemblyName");
        OutputType = Value(xml, "OutputType");
        LangVersion = Value(xml, "LangVersion");
        References = Items(xml, "Reference").Select(i => i.Split(',')[0]).ToList();
        ProjectReferences = Items(xml, "ProjectReference").Select(i => Path.GetFullPath(Path.Combine(Folder, Local(i)))).ToList();
        Sources = Compiled(xml, Folder).ToList();
        foreach (string import in xml.Descendants().Where(e => e.Name.LocalName == "Import").Select(e => e.Attribute("Project")!.Value))
        {
            if (!import.EndsWith(".projitems", StringComparison.Ordinal)) continue;
            string path = Path.GetFullPath(Path.Combine(Folder, Local(import)));
            Sources.AddRange(Compiled(XDocument.Load(path), Path.GetDirectoryName(path)!));
        }
    }

    public string File { get; }

    public string Folder => Path.GetDirectoryName(File)!;

    public string AssemblyName { get; }

    public string OutputType { get; }

    public string LangVersion { get; }

    /// <summary>Assembly names, without version.</summary>
    public List<string> References { get; }

    /// <summary>Full paths of the referenced projects.</summary>
    public List<string> ProjectReferences { get; }

    /// <summary>Full paths of all compiled files.</summary>
    public List<string> Sources { get; }

    /// <summary>The board whose pins the firmware is compiled with; empty in a library.</summary>
    public string Board => _board;

    /// <summary>The same project for another board.</summary>
    public DeviceProject For(string board) => new(File, XDocument.Load(File), board);

    /// <summary>Every device project of the checkout, dependencies first.</summary>
    public static List<DeviceProject> All()
    {
        List<DeviceProject> waiting = new[] { "lib", "native", "firmware", "tests" }
            .Select(folder => Repository.Path(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*.nfproj", SearchOption.AllDirectories))
            .Select(file => new DeviceProject(file, XDocument.Load(file), null)).OrderBy(p => p.File, StringComparer.Ordinal).ToList();
        List<DeviceProject> ordered = [];
        while (waiting.Count > 0)
        {
            DeviceProject next = waiting.Find(p => p.ProjectReferences.All(r => ordered.Exists(o => o.File == r)))
                ?? throw new InvalidOperationException("project references missing or circular: " + string.Join(", ", waiting.Select(p => p.AssemblyName)));
            waiting.Remove(next);
            ordered.Add(next);
        }
        return ordered;
    }

    private static string Value(XDocument xml, string name) => xml.Descendants().LastOrDefault(e => e.Name.LocalName == name)?.Value ?? "";

    private static IEnumerable<string> Items(XDocument xml, string name) =>
        xml.Descendants().Where(e => e.Name.LocalName == name).Select(e => e.Attribute("Include")!.Value);

    private IEnumerable<string> Compiled(XDocument xml, string folder)
    {
        foreach (string include in Items(xml, "Compile"))
        {
            string path = Path.GetFullPath(Path.Combine(folder, Local(include)));
            if (!include.Contains('*'))
            {
                yield return path.EndsWith(".g.cs", StringComparison.Ordinal) ? GeneratedSource.WifiSecrets : path;
                continue;
            }
            bool deep = include.Contains("**");
            string start = deep ? path[..path.IndexOf("**", StringComparison.Ordinal)] : Path.GetDirectoryName(path)!;
            if (!Directory.Exists(start)) continue;
            foreach (string found in Directory.GetFiles(start, Path.GetFileName(path), deep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
                yield return found;
        }
    }

    private string Local(string include) => include.Replace("$(MSBuildThisFileDirectory)", "").Replace("$(Board)", _board).Replace('\\', '/');
}
