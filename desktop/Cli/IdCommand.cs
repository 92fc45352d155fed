using System.CommandLine;
using System.Text.Json.Nodes;
using IrohLite.Crypto;
using IrohLite.Desktop;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Tickets;

namespace IrohLite.Cli;

/// <summary>`irohlite id`: the endpoint id of a secret file, in all its spellings.</summary>
internal static class IdCommand
{
    internal static Command Create(CommonOptions common, Streams streams)
    {
        Command command = new("id", "Show this side's endpoint id (of --secret-file, or a new one)");
        CommandRunner.Set(command, common, streams, parsed =>
        {
            EndpointSetup setup = common.Setup(parsed);
            ICryptoProvider crypto = CryptoChoice.Create(setup.Crypto);
            EndpointId id = SecretFile.Load(setup.SecretFile, crypto, new SystemRandomSource()).Id;
            string ticket = EndpointTicket.Encode(new EndpointAddr(id));
            if (!common.IsJson(parsed))
            {
                streams.Output.WriteLine("id:     " + id);
                streams.Output.WriteLine("z32:    " + id.ToZ32());
                streams.Output.WriteLine("ticket: " + ticket);
                if (setup.SecretFile == null) streams.Error.WriteLine("note: a new key, kept nowhere; --secret-file FILE keeps one");
            }

            return new JsonObject
            {
                ["id"] = id.ToString(),
                ["z32"] = id.ToZ32(),
                ["ticket"] = ticket,
                ["secretFile"] = setup.SecretFile,
            };
        });
        return command;
    }
}
