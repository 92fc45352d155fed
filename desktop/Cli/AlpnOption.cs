using System.CommandLine;
using System.Text;
using IrohLite.Protocols;

namespace IrohLite.Cli;

/// <summary>--alpn, for the commands that talk to any echo service.</summary>
internal static class AlpnOption
{
    internal static Option<string> Create()
    {
        Option<string> alpn = new("--alpn") { Description = "Name of the protocol", HelpName = "NAME", DefaultValueFactory = _ => EchoProtocol.Alpn };
        alpn.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && Encoding.UTF8.GetByteCount(result.Tokens[0].Value) is < 1 or > 255) result.AddError("--alpn wants 1 to 255 bytes");
        });
        return alpn;
    }
}
