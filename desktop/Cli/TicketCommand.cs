using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using IrohLite.Desktop;
using IrohLite.Identity;
using QRCoder;

namespace IrohLite.Cli;

/// <summary>`irohlite ticket`: what a ticket says, and the ticket as a QR code.</summary>
internal static class TicketCommand
{
    // The largest code with the least error correction, in bytes.
    private const int MaxQrChars = 2953;

    internal static Command Create(CommonOptions common, Streams streams)
    {
        Argument<string> ticket = new("ticket") { Description = "An endpoint ticket, or an endpoint id" };
        Option<bool> qr = new("--qr") { Description = "Show the ticket as a QR code" };
        Command command = new("ticket", "Show what a ticket says") { ticket, qr };
        CommandRunner.Set(command, common, streams, parsed =>
        {
            string text = parsed.GetRequiredValue(ticket).Trim();
            EndpointAddr addr = TicketReader.Read(text, CryptoChoice.Create(common.Crypto(parsed)));
            if (!common.IsJson(parsed)) Print(addr, parsed.GetValue(qr) ? QrOf(text) : null, streams.Output);
            JsonObject result = new() { ["id"] = addr.Id.ToString(), ["addresses"] = TicketReader.PlacesOf(addr) };
            if (parsed.GetValue(qr)) result["qr"] = QrOf(text);
            return result;
        });
        return command;
    }

    private static void Print(EndpointAddr addr, string? qr, TextWriter output)
    {
        output.WriteLine("id:    " + addr.Id);
        for (int i = 0; i < addr.Count; i++)
        {
            string[] parts = addr.Get(i).ToString().Split(' ', 2);
            output.WriteLine((parts[0] + ":").PadRight(7) + parts[1]);
        }

        if (addr.Count == 0) output.WriteLine("no addresses: it can be dialed only where the id can be looked up, or with --relay");
        if (qr != null) output.WriteLine(qr);
    }

    private static string QrOf(string text)
    {
        if (text.Length > MaxQrChars) throw new UserException("too-long", "the ticket has " + text.Length + " characters, a QR code holds " + MaxQrChars + ": leave out --qr");
        using QRCodeGenerator generator = new();
        using QRCodeData data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using AsciiQRCode code = new(data);
        return code.GetGraphicSmall();
    }
}
