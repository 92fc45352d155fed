using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IrohLite.Tests.House;

/// <summary>One .nfproj with its packages.config, as the tests of the device solution see it.</summary>
internal sealed class DeviceProjectFile
{
    public DeviceProjectFile(string path)
    {
        FullPath = path;
        Xml = XDocument.Load(path);
        string packages = Path.Combine(Folder, "packages.config");
        if (File.Exists(packages))
            foreach (XElement package in XDocument.Load(packages).Root.Elements("package"))
                Packages.Add((package.Attribute("id").Value, package.Attribute("version").Value, package.Attribute("targetFramework")?.Value));
    }

    public string FullPath { get; }

    public XDocument Xml { get; }

    public string Name => Path.GetRelativePath(Vectors.RepositoryRoot, FullPath).Replace('\\', '/');

    public string Folder => Path.GetDirectoryName(FullPath);

    public List<(string Id, string Version, string Framework)> Packages { get; } = [];

    public static List<DeviceProjectFile> All() => new[] { "lib", "native", "firmware", "tests" }
        .Select(f => Path.Combine(Vectors.RepositoryRoot, f)).Where(Directory.Exists)
        .SelectMany(f => Directory.GetFiles(f, "*.nfproj", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal).Select(f => new DeviceProjectFile(f)).ToList();

    public string Value(string element) => Xml.Descendants().LastOrDefault(e => e.Name.LocalName == element)?.Value;

    public IEnumerable<XElement> Items(string element) => Xml.Descendants().Where(e => e.Name.LocalName == element && e.Attribute("Include") != null);

    public IEnumerable<string> Includes(string element) => Items(element).Select(e => e.Attribute("Include").Value);

    public IEnumerable<string> Imports => Xml.Descendants().Where(e => e.Name.LocalName == "Import").Select(e => e.Attribute("Project").Value);

    public string Resolve(string include) => Path.GetFullPath(Path.Combine(Folder, Local(include)));

    /// <summary>The board a plain build of the firmware is made for; null in a library.</summary>
    public string Board => Value("Board");

    private string Local(string include) => include.Replace("$(MSBuildThisFileDirectory)", "").Replace("$(Board)", Board).Replace('\\', '/');

    /// <summary>Every compiled file, listed here or in an imported .projitems, repeated as often as it is listed.</summary>
    public List<string> Sources()
    {
        List<string> files = Expand(Xml, Folder).ToList();
        foreach (string import in Imports.Where(i => i.EndsWith(".projitems", StringComparison.Ordinal)))
            files.AddRange(Expand(XDocument.Load(Resolve(import)), Path.GetDirectoryName(Resolve(import))));
        return files;
    }

    private IEnumerable<string> Expand(XDocument xml, string folder)
    {
        foreach (XElement item in xml.Descendants().Where(e => e.Name.LocalName == "Compile"))
        {
            string include = Local(item.Attribute("Include").Value);
            string path = Path.GetFullPath(Path.Combine(folder, include));
            if (!include.Contains('*'))
            {
                yield return path;
                continue;
            }
            bool deep = include.Contains("**");
            string start = deep ? path[..path.IndexOf("**", StringComparison.Ordinal)] : Path.GetDirectoryName(path);
            if (!Directory.Exists(start)) continue;
            foreach (string file in Directory.GetFiles(start, Regex.Replace(include, ".*/", ""), deep ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
                yield return file;
        }
    }
}
