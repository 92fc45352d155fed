using System.Globalization;
using System.Text.RegularExpressions;

namespace IrohLite.Tools.Flash;

/// <summary>
/// The command lines of nanoff 2.5. Two traps of that tool are kept away here: a deployment without --address goes to 0x1B0000, inside the
/// runtime; and --checkpsram overwrites bootloader, partition table and runtime with a test program.
/// </summary>
internal static partial class Nanoff
{
    public const string Wanted = "2.5";

    public static string[] Version() => ["--version"];

    public static string[] Details(string port, int baud) =>
        ["--platform", "esp32", "--serialport", port, "--baud", Number(baud), "--devicedetails", "--suppressnanoffversioncheck"];

    /// <summary>Only right before the runtime is written anew: the check destroys it.</summary>
    public static string[] DetailsByTestProgram(string port, int baud) => [.. Details(port, baud), "--checkpsram"];

    public static string[] WriteRuntime(BoardFile board, string port, int baud, string image, bool erase)
    {
        string[] command = ["--target", board.NanoffTarget, "--serialport", port, "--baud", Number(baud), "--update", "--clrfile", image, "--suppressnanoffversioncheck"];
        return erase ? [.. command, "--masserase"] : command;
    }

    public static string[] Deploy(BoardFile board, string port, int baud, string image) =>
        ["--target", board.NanoffTarget, "--serialport", port, "--baud", Number(baud), "--deploy", "--image", image,
            "--address", board.DeployAddress, "--suppressnanoffversioncheck"];

    /// <summary>The version in what `nanoff --version` prints, or null.</summary>
    public static string? VersionIn(string output) => VersionText().Match(output) is { Success: true } match ? match.Value : null;

    /// <summary>What went wrong, in words a board owner can use; null when all is well.</summary>
    public static string? Fault(CommandResult result, string port)
    {
        string? code = ErrorCode().Match(result.Output) is { Success: true } match ? match.Groups[1].Value : null;
        if (result.ExitCode == 0 && code == null) return null;
        if (code is "E6000" or "E6001" or "E6002" or "E4005" || result.Output.Contains("while trying to open", System.StringComparison.Ordinal))
            return "The port " + port + " cannot be opened. Is the board plugged in, is that its port, and does no other program (serial monitor, Visual Studio) hold it?";
        if (result.Output.Contains("Can't connect to ESP32 bootloader", System.StringComparison.Ordinal))
            return "The board on " + port + " does not answer. Hold its BOOT button, press and release EN (reset), and run the command again.";
        if (code is "E9005" or "E9006" or "E9007")
            return "nanoff could not download the firmware package that bootloader and partition table come from (" + code + "). Is this computer online?";
        return "nanoff failed (" + (code ?? "exit code " + Number(result.ExitCode)) + "):" + result.Tail();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d+\.\d+\.\d+")]
    private static partial Regex VersionText();

    [GeneratedRegex(@"\bError (E\d{4})\b")]
    private static partial Regex ErrorCode();
}
