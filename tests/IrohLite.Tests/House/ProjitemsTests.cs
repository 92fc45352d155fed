using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>Every shared source is listed exactly once in the .projitems beside it (both builds import that list).</summary>
public class ProjitemsTests
{
    public static IEnumerable<object[]> Assemblies() =>
        Directory.GetFiles(Path.Combine(Vectors.RepositoryRoot, "lib"), "*.projitems", SearchOption.AllDirectories)
            .Select(path => new object[] { Path.GetRelativePath(Vectors.RepositoryRoot, path) });

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Projitems_list_every_source_once_and_nothing_else(string projitems)
    {
        string path = Path.Combine(Vectors.RepositoryRoot, projitems);
        string folder = Path.GetDirectoryName(path);
        List<string> listed = XDocument.Load(path).Descendants()
            .Where(e => e.Name.LocalName == "Compile")
            .Select(e => e.Attribute("Include").Value.Replace("$(MSBuildThisFileDirectory)", "").Replace('\\', '/'))
            .ToList();
        List<string> present = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("Platform/Desktop/", StringComparison.Ordinal)
                && !f.StartsWith("Platform/Nano/", StringComparison.Ordinal)
                && !f.StartsWith("Properties/", StringComparison.Ordinal))
            .ToList();

        Assert.Equal(present.OrderBy(f => f, StringComparer.Ordinal), listed.OrderBy(f => f, StringComparer.Ordinal));
    }
}
