using System.Linq;
using System.Text.Json.Nodes;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>What the demo shows of the node, and that it ends by dialling the board by its id alone.</summary>
public class DemoNodeTests
{
    [Fact]
    public void The_demo_reads_switches_logs_and_dials_by_the_id_alone()
    {
        JsonObject json = CliResult.Of("demo", "--json").Succeeded().Json();
        Assert.Equal(["ok", "relay", "shortTicket", "longTicket", "crypto", "relayed", "direct", "node", "byIdAlone"], json.Select(p => p.Key));
        JsonObject node = json["node"]!.AsObject();
        Assert.Equal(["readings", "switchedOn", "records"], node.Select(p => p.Key));
        Assert.Equal(["inside", "outside"], node["readings"]!["sensors"]!.AsArray().Select(s => (string)s!["place"]!));
        Assert.All(node["readings"]!["sensors"]!.AsArray(), s => Assert.NotNull(s!["temperature"]));
        Assert.True((bool)node["switchedOn"]!);
        Assert.True((int)node["records"]! > 0);
        Assert.Equal(["path", "connectMs"], json["byIdAlone"]!.AsObject().Select(p => p.Key));
        Assert.StartsWith("relay " + (string)json["relay"]!, (string)json["byIdAlone"]!["path"]!);
    }
}
