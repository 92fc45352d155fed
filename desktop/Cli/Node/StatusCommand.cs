using System.CommandLine;
using IrohLite.Firmware.Services;

namespace IrohLite.Cli.Node;

/// <summary>`irohlite status`: what a node is and how it does.</summary>
internal static class StatusCommand
{
    internal static Command Create(CommonOptions common, Streams streams)
    {
        Argument<string> ticket = new("ticket") { Description = "The node's ticket" };
        Command command = new("status", "Show what a node is and how it does") { ticket };
        CommandRunner.Set(command, common, streams, parsed =>
        {
            int timeoutMs = common.TimeoutMs(parsed);
            using Dialer dialer = Dialer.Dial(common.Setup(parsed), parsed.GetRequiredValue(ticket), NodeCodec.Alpn, timeoutMs);
            NodeDescription description = new NodeClient(dialer.Connection, timeoutMs).Describe();
            if (!common.IsJson(parsed)) NodeText.Show(streams.Output, description);
            dialer.Connection.Close(0, "");
            return NodeText.Json(description);
        });
        return command;
    }
}
