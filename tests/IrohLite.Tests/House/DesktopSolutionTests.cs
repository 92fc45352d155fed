using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>desktop.slnx is what the build and the tests go through: a project outside it would be checked by nobody.</summary>
public class DesktopSolutionTests
{
    [Fact]
    public void The_desktop_solution_holds_every_project_once()
    {
        string root = Vectors.RepositoryRoot;
        string[] listed = XDocument.Load(Path.Combine(root, "desktop.slnx")).Descendants("Project").Select(p => p.Attribute("Path").Value).ToArray();
        string[] present = new[] { "desktop", "tests", "tools" }.Select(f => Path.Combine(root, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.GetFiles(f, "*.csproj", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')).Where(f => !f.Contains("/obj/") && !f.Contains("/bin/")).ToArray();
        Assert.NotEmpty(present);
        Assert.Equal(present.Order(), listed.Order());
    }
}
