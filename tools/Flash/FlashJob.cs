using System.Collections.Generic;
using System.IO;
using System.Linq;
using IrohLite.Tools.Secrets;

namespace IrohLite.Tools.Flash;

/// <summary>The whole way from wifi.secrets to a running board. Every failure says what is on the board now.</summary>
internal sealed class FlashJob(string root, FlashRequest request, Toolbox tools, ICommandRunner runner, TextWriter output)
{
    private const string Untouched = "Nothing was written to the board.";

    private string _state = Untouched;

    /// <summary>Returns the exit code.</summary>
    public int Run()
    {
        try
        {
            BoardFile board = BoardFile.Load(root, request.Board);
            int baud = request.Baud ?? board.FlashBaud;
            string? runtime = CheckRequest();
            CheckSecrets();
            if (request.WhatIf) return Rehearse(board, baud, runtime);

            string nanoff = CheckNanoff();
            output.WriteLine("Building the firmware for " + board.Title);
            string image = new FirmwareBuild(root, tools, runner).Run(board.Name);
            CheckChip(nanoff, board, baud, runtime != null);
            if (runtime != null) WriteRuntime(nanoff, board, baud, runtime);
            Deploy(nanoff, board, baud, image, runtime != null);
            output.WriteLine("Done: " + new FileInfo(image).Length + " bytes deployed at " + board.DeployAddress + ". The board restarts by itself.");
            return 0;
        }
        catch (FlashException fault)
        {
            output.WriteLine("FAILED: " + fault.Message);
            if (!request.WhatIf) output.WriteLine(_state);
            return 1;
        }
    }

    private string? CheckRequest()
    {
        if (request.Port.Trim().Length == 0) throw new FlashException("Name the board's serial port: -Port COM3, or -Port /dev/ttyUSB0.");
        if (request.Baud is <= 0) throw new FlashException("-Baud must be a positive number.");
        if (request.ClrImage != null) return RuntimeImage.Check(request.ClrImage);
        return request.Erase
            ? throw new FlashException("-Erase removes the runtime as well, so it needs -ClrImage. It also removes the board's key: old tickets no longer work.")
            : null;
    }

    private void CheckSecrets()
    {
        string secrets = Path.Combine(root, "wifi.secrets"), roots = Path.Combine(root, "firmware", "relay-roots.pem");
        try
        {
            if (request.WhatIf) SecretsFile.Read(secrets);
            else if (SecretsGenerator.Run(secrets, roots, Path.Combine(root, "firmware", "Config", "WifiSecrets.g.cs"), output) != 0)
                throw new FlashException("The configuration is not complete; see the line above.");
        }
        catch (SecretsException fault)
        {
            throw new FlashException(fault.ToBuildError());
        }
    }

    private int Rehearse(BoardFile board, int baud, string? runtime)
    {
        FirmwareBuild build = new(root, tools, runner);
        output.WriteLine("What if: this would be run, and is not.");
        Show("nuget", build.RestoreCommand());
        Show("msbuild", build.BuildCommand(board.Name));
        Show("nanoff", Nanoff.Details(request.Port, baud));
        if (runtime != null) Show("nanoff", Nanoff.WriteRuntime(board, request.Port, baud, runtime, request.Erase));
        Show("nanoff", Nanoff.Deploy(board, request.Port, baud, build.ImagePath));
        return 0;
    }

    private string CheckNanoff()
    {
        string nanoff = tools.Nanoff;
        string? version = Nanoff.VersionIn(runner.Run(nanoff, Nanoff.Version(), root).Output);
        if (version == null) throw new FlashException(nanoff + " does not tell its version. Install the right one: dotnet tool update -g nanoff --version " + Nanoff.Wanted + ".*");
        if (!version.StartsWith(Nanoff.Wanted + ".", System.StringComparison.Ordinal))
            throw new FlashException("nanoff is version " + version + "; its command line is another one than that of " + Nanoff.Wanted
                + ". Install that: dotnet tool update -g nanoff --version " + Nanoff.Wanted + ".*");
        return nanoff;
    }

    private void CheckChip(string nanoff, BoardFile board, int baud, bool runtimeFollows)
    {
        output.WriteLine("Looking at the chip on " + request.Port);
        DeviceDetails details = ReadDetails(nanoff, Nanoff.Details(request.Port, baud));
        if (details.Objection(board) is { } objection) throw new FlashException(objection);
        if (!board.NeedsPsram || details.Psram == PsramState.Yes) return;
        if (!runtimeFollows)
        {
            output.WriteLine("Note: without a runtime that says so, nanoff cannot tell whether the chip has PSRAM. A new board also needs -ClrImage.");
            return;
        }

        // The test program takes the runtime's place, which is written next.
        _state = "nanoff's test program may have replaced the runtime: the board does not start until this command succeeds.";
        details = ReadDetails(nanoff, Nanoff.DetailsByTestProgram(request.Port, baud));
        if (details.Objection(board) is { } second) throw new FlashException(second);
        if (details.Psram != PsramState.Yes) throw new FlashException("nanoff could not find any PSRAM. Is the module a WROVER?");
    }

    private DeviceDetails ReadDetails(string nanoff, IReadOnlyList<string> command)
    {
        CommandResult result = Flash(nanoff, command);
        return DeviceDetails.Parse(result.Output) ?? throw new FlashException("nanoff named no chip:" + result.Tail());
    }

    private void WriteRuntime(string nanoff, BoardFile board, int baud, string runtime)
    {
        output.WriteLine(request.Erase ? "Erasing the flash and writing the runtime" : "Writing the runtime");
        _state = "The runtime may be written in part: the board does not start until this command succeeds.";
        Flash(nanoff, Nanoff.WriteRuntime(board, request.Port, baud, runtime, request.Erase));
    }

    private void Deploy(string nanoff, BoardFile board, int baud, string image, bool withRuntime)
    {
        output.WriteLine("Deploying the application");
        _state = withRuntime
            ? "The runtime is written, the application is not or only in part: the node does not run. Run the command again."
            : "The runtime is as it was, the application may be written in part: the node does not run. Run the command again.";
        Flash(nanoff, Nanoff.Deploy(board, request.Port, baud, image));
    }

    private CommandResult Flash(string nanoff, IReadOnlyList<string> command)
    {
        CommandResult result = runner.Run(nanoff, command, root);
        return Nanoff.Fault(result, request.Port) is { } fault ? throw new FlashException(fault) : result;
    }

    private void Show(string program, IEnumerable<string> arguments) =>
        output.WriteLine("  " + program + " " + string.Join(" ", arguments.Select(a => a.Contains(' ') ? "\"" + a + "\"" : a)));
}
