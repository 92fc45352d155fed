using System;
using System.CommandLine;
using System.IO;
using IrohLite.Tools.Flash;

// Started by tools/flash.ps1.
Option<string> root = new("--root") { Description = "The checkout.", Required = true };
Option<string> board = new("--board") { Description = "A folder of boards/.", Required = true };
Option<string> port = new("--port") { Description = "Serial port: COM3, /dev/ttyUSB0.", Required = true };
Option<int?> baud = new("--baud") { Description = "Speed of the transfer; the board's own by default." };
Option<string?> clrImage = new("--clr-image") { Description = "nanoCLR.bin to write first." };
Option<bool> erase = new("--erase") { Description = "Erase the whole flash first, the board's key included; needs --clr-image." };
Option<bool> whatIf = new("--what-if") { Description = "Say what would be run, and run nothing." };
RootCommand command = new("Builds the firmware and flashes a board.") { root, board, port, baud, clrImage, erase, whatIf };
command.SetAction(parsed =>
{
    FlashRequest request = new(parsed.GetValue(board)!, parsed.GetValue(port)!)
    {
        Baud = parsed.GetValue(baud),
        ClrImage = parsed.GetValue(clrImage),
        Erase = parsed.GetValue(erase),
        WhatIf = parsed.GetValue(whatIf),
    };
    ProcessRunner runner = new(Console.Out);
    return new FlashJob(Path.GetFullPath(parsed.GetValue(root)!), request, new Toolbox(Environment.GetEnvironmentVariable, runner), runner, Console.Out).Run();
});

Command monitor = new("monitor", "Turns the serial bytes on standard input into lines.");
monitor.SetAction(_ =>
{
    using Stream input = Console.OpenStandardInput();
    SerialText text = new(Console.Out);
    byte[] buffer = new byte[4096];
    for (int count = input.Read(buffer); count > 0; count = input.Read(buffer)) text.Feed(buffer.AsSpan(0, count));
    return 0;
});
command.Subcommands.Add(monitor);
return command.Parse(args).Invoke();
