using System.CommandLine;
using IrohLite.Desktop;
using IrohLite.Firmware.Services;

namespace IrohLite.Cli.Node;

/// <summary>`irohlite switch on|off|auto`: an owner switches a node's fan.</summary>
internal static class SwitchCommand
{
    internal static Command Create(CommonOptions common, Streams streams) => new("switch", "Switch a node's fan (for owners: use --secret-file)")
    {
        Create(common, streams, "on", 1, "Switch on"),
        Create(common, streams, "off", 0, "Switch off"),
        Create(common, streams, "auto", 2, "Let the node decide again"),
    };

    private static Command Create(CommonOptions common, Streams streams, string name, int mode, string what)
    {
        Argument<string> ticket = new("ticket") { Description = "The node's ticket" };
        Option<long> seconds = new("--for") { Description = "End by itself after so many seconds; 0 = when revoked", HelpName = "SECONDS" };
        Option<string> reason = new("--reason") { Description = "Shown to whoever asks why", DefaultValueFactory = _ => "" };
        seconds.Within(0, NodeService.MaxAutoOffSeconds, "0 to " + NodeService.MaxAutoOffSeconds + " seconds");
        Command command = new(name, what) { ticket };
        if (mode != 2)
        {
            command.Add(seconds);
            command.Add(reason);
        }

        CommandRunner.Set(command, common, streams, parsed =>
        {
            int timeoutMs = common.TimeoutMs(parsed);
            using Dialer dialer = Dialer.Dial(common.Setup(parsed), parsed.GetRequiredValue(ticket), NodeCodec.Alpn, timeoutMs);
            NodeReadings readings = new NodeClient(dialer.Connection, timeoutMs)
                .SetSwitch(mode, mode == 2 ? 0 : parsed.GetValue(seconds), mode == 2 ? "" : parsed.GetValue(reason)!);
            if (!common.IsJson(parsed)) NodeText.Show(streams.Output, readings);
            dialer.Connection.Close(0, "");
            return NodeText.Json(readings);
        });
        return command;
    }
}
