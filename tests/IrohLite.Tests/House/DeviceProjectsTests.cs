using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>The device projects are exact: the build server lacks nanoFramework's project system, so every path, version and GUID is checked instead.</summary>
public class DeviceProjectsTests
{
    private const string ProjectType = "{11A8DD76-328B-46DF-9F39-F559912D0360}";
    private const string CSharpType = "{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}";

    public static TheoryData<string> Names() => new(DeviceProjectFile.All().Select(p => p.Name));

    [Fact]
    public void The_library_has_its_five_device_projects()
    {
        string[] names = DeviceProjectFile.All().Select(p => p.Value("AssemblyName")).ToArray();
        Assert.Empty(new[] { "IrohLite.Core", "IrohLite.Tls", "IrohLite.Quic", "IrohLite.Relay", "IrohLite" }.Except(names));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_project_has_the_shape_of_nanoFramework_v1(string name)
    {
        DeviceProjectFile project = Open(name);
        string system = "$(NanoFrameworkProjectSystemPath)NFProjectSystem";
        string[] imports = project.Imports.Where(i => i.StartsWith("$(", StringComparison.Ordinal)).ToArray();
        Assert.Equal(new[] { system + ".Default.props", system + ".props", system + ".CSharp.targets" }, imports);
        Assert.Equal(ProjectType + ";" + CSharpType, project.Value("ProjectTypeGuids"));
        Assert.Equal("v1.0", project.Value("TargetFrameworkVersion"));
        Assert.Matches(@"^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$", project.Value("ProjectGuid"));
        Assert.Contains(project.Value("OutputType"), new[] { "Library", "Exe" });

        // The project system's props set 9.0, so ours must come after them.
        Assert.Equal("10.0", project.Value("LangVersion"));
        XElement props = project.Xml.Descendants().Single(e => e.Attribute("Project")?.Value == system + ".props");
        Assert.True(project.Xml.Descendants().Single(e => e.Name.LocalName == "LangVersion").IsAfter(props));
    }

    /// <summary>MSBuild imports these files into every project below them, of whatever kind.</summary>
    [Fact]
    public void Settings_of_the_other_projects_do_not_reach_the_device_projects()
    {
        HashSet<string> files = [.. Directory.GetFiles(Vectors.RepositoryRoot, "Directory.Build.*")];
        Assert.NotEmpty(files);
        foreach (DeviceProjectFile project in DeviceProjectFile.All())
            for (string folder = project.Folder; folder != Vectors.RepositoryRoot; folder = Path.GetDirectoryName(folder))
                files.UnionWith(Directory.GetFiles(folder, "Directory.Build.*"));
        foreach (XElement element in files.SelectMany(f => XDocument.Load(f).Root.Elements()).Where(e => e.Name.LocalName != "Import"))
            Assert.Equal(" '$(MSBuildProjectExtension)' != '.nfproj' ", element.Attribute("Condition")?.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_the_project_names_exists_and_is_compiled_once(string name)
    {
        DeviceProjectFile project = Open(name);
        foreach (string include in project.Includes("None").Concat(project.Includes("ProjectReference")))
            Assert.True(File.Exists(project.Resolve(include)), name + " names " + include + ", which does not exist");
        foreach (string import in project.Imports.Where(i => i.EndsWith(".projitems", StringComparison.Ordinal)))
            Assert.True(File.Exists(project.Resolve(import)), name + " imports " + import + ", which does not exist");
        foreach (string own in Directory.GetFiles(project.Folder, "*.projitems"))
            Assert.Contains(own, project.Imports.Where(i => i.EndsWith(".projitems", StringComparison.Ordinal)).Select(project.Resolve));

        List<string> sources = project.Sources();
        Assert.NotEmpty(sources);
        Assert.Equal(sources.Distinct().Count(), sources.Count);
        // Generated from the owner's wifi.secrets when the firmware is built, and never committed.
        foreach (string source in sources.Where(s => !s.EndsWith("WifiSecrets.g.cs", StringComparison.Ordinal)))
            Assert.True(File.Exists(source), name + " compiles " + source + ", which does not exist");
    }

    [Fact]
    public void Every_source_of_a_device_folder_is_compiled_by_exactly_one_device_project()
    {
        List<DeviceProjectFile> projects = DeviceProjectFile.All();
        string[] compiled = projects.SelectMany(p => p.Sources()).ToArray();
        string[] twice = compiled.GroupBy(s => s).Where(g => g.Count() > 1).Select(g => g.Key).ToArray();
        Assert.Empty(twice);
        foreach (SourceFile file in SourceFile.Below("lib/IrohLite", ".cs").Concat(SourceFile.Below("native", ".cs")).Concat(SourceFile.Below("firmware", ".cs")))
        {
            if (file.Path.Contains("/Platform/Desktop/")) continue;
            Assert.Contains(Path.GetFullPath(Path.Combine(Vectors.RepositoryRoot, file.Path)), compiled);
        }
    }

    [Fact]
    public void The_firmware_takes_its_pins_from_the_chosen_board_and_its_secrets_from_the_generator()
    {
        DeviceProjectFile firmware = Open("firmware/Firmware.nfproj");
        Assert.Contains(@"..\boards\$(Board)\BoardPins.cs", firmware.Includes("Compile"));
        Assert.True(File.Exists(Path.Combine(Vectors.RepositoryRoot, "boards", firmware.Board, "BoardPins.cs")));
        XElement board = firmware.Xml.Descendants().Single(e => e.Name.LocalName == "Board");
        Assert.Equal(" '$(Board)' == '' ", board.Attribute("Condition").Value);
        Assert.Contains(firmware.Sources(), s => s.EndsWith("WifiSecrets.g.cs", StringComparison.Ordinal));
        Assert.Contains("WifiSecrets.targets", firmware.Imports);
        string[] ignored = File.ReadAllLines(Path.Combine(Vectors.RepositoryRoot, ".gitignore"));
        Assert.Contains("wifi.secrets", ignored);
        Assert.Contains("firmware/Config/WifiSecrets.g.cs", ignored);

        DeviceProjectFile targets = new(Path.Combine(firmware.Folder, "WifiSecrets.targets"));
        Assert.Equal("PrepareForBuild;CoreCompile", targets.Xml.Descendants().Single(e => e.Name.LocalName == "Target").Attribute("BeforeTargets").Value);
        foreach (string file in new[] { "relay-roots.pem", @"..\tools\WifiSecrets" })
            Assert.Contains("$(MSBuildThisFileDirectory)" + file, targets.Xml.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void References_packages_and_hint_paths_agree(string name)
    {
        DeviceProjectFile project = Open(name);
        string packages = Path.Combine(Vectors.RepositoryRoot, "packages");
        Dictionary<string, string> versions = project.Packages.ToDictionary(p => p.Id, p => p.Version);
        HashSet<string> referenced = [];
        foreach (XElement reference in project.Items("Reference"))
        {
            string assembly = reference.Attribute("Include").Value.Split(',')[0];
            string hint = reference.Elements().SingleOrDefault(e => e.Name.LocalName == "HintPath")?.Value;
            Assert.True(hint != null, name + ": " + assembly + " has no HintPath");
            Assert.Equal("True", reference.Elements().SingleOrDefault(e => e.Name.LocalName == "Private")?.Value);
            DevicePackage package = DevicePackage.All.SingleOrDefault(p => p.Assembly == assembly)
                ?? (assembly == "nanoFramework.UnitTestLauncher" ? DevicePackage.OfId("nanoFramework.TestFramework") : null);
            Assert.True(package != null, name + ": no known package holds " + assembly);
            string extension = assembly == "nanoFramework.UnitTestLauncher" ? ".exe" : ".dll";
            Assert.Equal(Path.Combine(packages, package.Id + "." + package.Version, "lib", assembly + extension), project.Resolve(hint));
            Assert.True(versions.TryGetValue(package.Id, out string version), name + ": packages.config lacks " + package.Id);
            Assert.Equal(package.Version, version);
            referenced.Add(package.Id);
        }
        Assert.Equal(referenced.Order(), versions.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Packages_are_pinned_and_their_closure_is_complete(string name)
    {
        DeviceProjectFile project = Open(name);
        Assert.NotEmpty(project.Packages);
        HashSet<string> ids = project.Packages.Select(p => p.Id).ToHashSet();
        foreach ((string id, string version, string framework) in project.Packages)
        {
            DevicePackage package = DevicePackage.OfId(id);
            Assert.True(package != null, name + ": " + id + " is not in the table of packages");
            Assert.Equal(package.Version, version);
            Assert.Equal("netnano1.0", framework);
            foreach (string need in package.Needs) Assert.True(ids.Contains(need), name + ": " + id + " needs " + need + " in packages.config");
        }
        Assert.Equal(project.Packages.Select(p => p.Id).Order(StringComparer.Ordinal), project.Packages.Select(p => p.Id));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_lists_the_packages_of_the_libraries_it_uses(string name)
    {
        DeviceProjectFile project = Open(name);
        HashSet<string> needed = Closure(project).SelectMany(p => p.Packages).Select(p => p.Id).ToHashSet();
        if (project.Value("OutputType") == "Exe") Assert.Empty(needed.Except(project.Packages.Select(p => p.Id)));
        Assert.NotEmpty(needed);
    }

    [Fact]
    public void The_solution_holds_every_project_with_its_guid_and_configurations()
    {
        string solution = File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "nanoFramework.sln"));
        List<DeviceProjectFile> projects = DeviceProjectFile.All();
        MatchCollection lines = Regex.Matches(solution, "^Project\\(\"([^\"]+)\"\\) = \"([^\"]+)\", \"([^\"]+)\", \"([^\"]+)\"", RegexOptions.Multiline);
        Assert.Equal(projects.Count, lines.Count);
        Assert.Equal(projects.Count, projects.Select(p => p.Value("ProjectGuid")).Distinct().Count());
        foreach (DeviceProjectFile project in projects)
        {
            string guid = project.Value("ProjectGuid");
            Match line = lines.SingleOrDefault(l => l.Groups[3].Value.Replace('\\', '/') == project.Name);
            Assert.True(line != null, "nanoFramework.sln lacks " + project.Name);
            Assert.Equal(ProjectType, line.Groups[1].Value);
            Assert.Equal(Path.GetFileNameWithoutExtension(project.FullPath), line.Groups[2].Value);
            Assert.Equal(guid, line.Groups[4].Value);
            string[] kinds = project.Value("OutputType") == "Exe" ? ["ActiveCfg", "Build.0", "Deploy.0"] : ["ActiveCfg", "Build.0"];
            foreach (string configuration in new[] { "Debug", "Release" })
                foreach (string kind in kinds)
                    Assert.Contains(guid + "." + configuration + "|Any CPU." + kind + " = " + configuration + "|Any CPU", solution);
        }
        foreach (Match used in Regex.Matches(solution, @"^\t\t(\{[^}]+\})\.", RegexOptions.Multiline))
            Assert.Contains(projects, p => p.Value("ProjectGuid") == used.Groups[1].Value);
    }

    private static DeviceProjectFile Open(string name) => new(Path.Combine(Vectors.RepositoryRoot, name));

    private static IEnumerable<DeviceProjectFile> Closure(DeviceProjectFile project)
    {
        yield return project;
        foreach (string reference in project.Includes("ProjectReference"))
            foreach (DeviceProjectFile inner in Closure(new DeviceProjectFile(project.Resolve(reference))))
                yield return inner;
    }
}
