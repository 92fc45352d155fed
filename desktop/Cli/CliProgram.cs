using System.CommandLine;
using System.CommandLine.Help;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using IrohLite.Cli.Node;
using IrohLite.Desktop;

namespace IrohLite.Cli;

/// <summary>The whole program as one call, for Main and for the tests.</summary>
internal static class CliProgram
{
    /// <summary>Runs one command line. Returns 0 only on success.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        CommonOptions common = new();
        Streams streams = new(output, error);
        Command root = new("irohlite", "Talks to iroh endpoints: through relays and directly.")
        {
            new HelpOption(),
            new VersionOption(),
            DemoCommand.Create(common, streams),
            IdCommand.Create(common, streams),
            TicketCommand.Create(common, streams),
            EchoCommand.Create(common, streams),
            PingCommand.Create(common, streams),
            SensorsCommand.Create(common, streams),
            SwitchCommand.Create(common, streams),
            StatusCommand.Create(common, streams),
        };
        common.AddTo(root);
        InvocationConfiguration configuration = new()
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        ParseResult parsed = root.Parse(args);
        try
        {
            return args.Length > 0 && UsageErrors.Of(parsed) is { } wrong ? Refuse(parsed, wrong, args, streams) : parsed.Invoke(configuration);
        }
        catch (UserException e)
        {
            error.WriteLine("error: " + e.Message);
            return 1;
        }
    }

    private static int Refuse(ParseResult parsed, string wrong, string[] args, Streams streams)
    {
        UsageErrors.Tell(parsed, wrong, streams.Error);
        if (args.Contains("--json"))
            streams.Output.WriteLine(new JsonObject { ["ok"] = false, ["error"] = "usage", ["message"] = wrong }.ToJsonString());
        return 1;
    }
}
