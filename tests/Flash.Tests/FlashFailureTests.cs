using System;
using System.IO;
using System.Linq;
using IrohLite.Tools.Flash;
using Xunit;

namespace Flash.Tests;

/// <summary>Every way flashing can fail: why, what to do, and what is on the board now.</summary>
public class FlashFailureTests
{
    private const string Board = "esp32-devkitc-ve";
    private const string Port = "/dev/ttyUSB0";
    private const string Untouched = "Nothing was written to the board.";
    private const string Details = "--platform esp32 --serialport /dev/ttyUSB0 --baud 460800 --devicedetails --suppressnanoffversioncheck";
    private const string Deploy = "--target ESP32_PSRAM_REV3 --serialport /dev/ttyUSB0 --baud 460800 --deploy --image ~/firmware/bin/Release/Firmware.bin"
        + " --address 0x1E0000 --suppressnanoffversioncheck";
    private const string Update = "--target ESP32_PSRAM_REV3 --serialport /dev/ttyUSB0 --baud 460800 --update --clrfile ~/nanoCLR.bin --suppressnanoffversioncheck";

    private static readonly FlashRequest Plain = new(Board, Port);

    [Theory]
    [InlineData(Toolbox.NanoffVariable, "nanoff is missing. Install it: dotnet tool install -g nanoff --version 2.5.*")]
    [InlineData(Toolbox.MSBuildVariable, "msbuild is missing.")]
    [InlineData(Toolbox.NuGetVariable, "nuget is missing:")]
    public void A_missing_tool_is_named_with_where_to_get_it(string variable, string expected)
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        bench.Set(variable, null);
        Refused(bench, Plain, expected, Untouched);
        Assert.DoesNotContain(bench.NanoffCalls, c => c != "--version");
    }

    [Fact]
    public void A_tool_is_found_on_the_path()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        string folder = Path.Combine(bench.Root, "bin");
        Directory.CreateDirectory(folder);
        string name = OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff";
        File.WriteAllText(Path.Combine(folder, name), "no program");
        bench.Set(Toolbox.NanoffVariable, null).Set("PATH", "/nowhere" + Path.PathSeparator + folder);
        Refused(bench, Plain, "Cannot start " + Path.Combine(folder, name), Untouched);
    }

    [Theory]
    [InlineData("nanoff 3.0.12-preview", "nanoff is version 3.0.12; its command line is another one than that of 2.5.")]
    [InlineData("2.4.1", "nanoff is version 2.4.1;")]
    [InlineData("no idea", "does not tell its version.")]
    public void Another_version_of_nanoff_is_refused(string printed, string expected)
    {
        using Workbench bench = new Workbench().Answer("--version", printed).WhereAllIsWell();
        Refused(bench, Plain, expected, Untouched);
        Assert.Equal(["--version"], bench.Calls);
    }

    [Theory]
    [InlineData("ESP32 (ESP32-D0WDQ6 (revision v1.0))", "4MB", "The chip is of revision 1, but the image ESP32_PSRAM_REV3 needs revision 3 or newer")]
    [InlineData("ESP32 (ESP32-D0WD (revision v0.0))", "undetermined", "The chip is of revision 0,")]
    [InlineData("ESP32 (ESP32-D0WD-V3 (revision v3.0))", "not available", "The chip has no PSRAM,")]
    [InlineData("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "8MB", "The chip is an ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2)), but")]
    [InlineData("ESP32", "4MB", "nanoff did not tell the revision of the chip")]
    [InlineData("nothing of a chip", "4MB", "nanoff named no chip:")]
    public void A_chip_that_does_not_fit_is_refused_before_anything_is_written(string chip, string psram, string expected)
    {
        using Workbench bench = new Workbench().Answer("--devicedetails", NanoffTexts.Details(chip, psram)).WhereAllIsWell();
        Refused(bench, Plain with { ClrImage = bench.Runtime() }, expected, Untouched);
        Assert.Equal(["--version", Details], bench.NanoffCalls);
    }

    [Fact]
    public void Without_a_runtime_to_write_unknown_PSRAM_is_noted_and_the_destructive_check_is_not_run()
    {
        using Workbench bench = new Workbench().Answer("--devicedetails", NanoffTexts.Details(psram: "undetermined")).WhereAllIsWell();
        Assert.True(bench.Run(Plain) == 0, bench.Output);
        Assert.Equal(["--version", Details, Deploy], bench.NanoffCalls);
        Assert.Contains("A new board also needs -ClrImage.", bench.Output);
    }

    [Theory]
    [InlineData("4MB", true)]
    [InlineData("not available", false)]
    [InlineData("undetermined", false)]
    public void With_a_runtime_to_write_unknown_PSRAM_is_tested(string psram, bool passes)
    {
        using Workbench bench = new Workbench().Answer("--checkpsram", NanoffTexts.Details(psram: psram))
            .Answer("--devicedetails", NanoffTexts.Details(psram: "undetermined")).WhereAllIsWell();
        FlashRequest request = Plain with { ClrImage = bench.Runtime() };
        if (passes) Assert.True(bench.Run(request) == 0, bench.Output);
        else Refused(bench, request, "PSRAM", "nanoff's test program may have replaced the runtime: the board does not start until this command succeeds.");
        string[] expected = passes ? ["--version", Details, Details + " --checkpsram", Update, Deploy] : ["--version", Details, Details + " --checkpsram"];
        Assert.Equal(expected, bench.NanoffCalls);
    }

    [Theory]
    [InlineData(NanoffTexts.PortBusy, 165, "The port /dev/ttyUSB0 cannot be opened.")]
    [InlineData(NanoffTexts.PortMissing, 112, "The port /dev/ttyUSB0 cannot be opened.")]
    [InlineData(NanoffTexts.NoBootloader, 160, "Hold its BOOT button")]
    [InlineData("strange\nthings\n", 1, "nanoff failed (exit code 1):")]
    [InlineData("Error E4000: Error executing esptool command.\n", 0, "nanoff failed (E4000):")]
    public void A_board_that_cannot_be_reached_is_explained(string printed, int exit, string expected)
    {
        using Workbench bench = new Workbench().Answer("--devicedetails", printed, exit).WhereAllIsWell();
        Refused(bench, Plain with { ClrImage = bench.Runtime() }, expected, Untouched);
        Assert.Equal(["--version", Details], bench.NanoffCalls);
    }

    [Fact]
    public void A_failed_restore_ends_before_the_board_is_touched()
    {
        using Workbench bench = new Workbench().Answer("restore", "Unable to find version '1.17.11'", 1).WhereAllIsWell();
        Refused(bench, Plain, "The packages could not be restored:" + Environment.NewLine + "    Unable to find version", Untouched);
        Assert.Equal(["--version"], bench.NanoffCalls);
    }

    [Fact]
    public void A_failed_build_ends_before_the_board_is_touched_even_when_an_older_image_lies_there()
    {
        using Workbench bench = new Workbench().Answer("-t:Rebuild", "Program.cs(3,1): error CS1002: ; expected", 1).WhereAllIsWell();
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Image)!);
        File.WriteAllText(bench.Image, "NFMRK1\0\0old");
        Refused(bench, Plain, "The build failed:" + Environment.NewLine + "    Program.cs(3,1): error CS1002", Untouched);
        Assert.Equal(["--version"], bench.NanoffCalls);
        Assert.False(File.Exists(bench.Image));
    }

    [Fact]
    public void A_build_without_an_image_is_a_failed_build()
    {
        using Workbench bench = new Workbench().Answer("-t:Rebuild", "").WhereAllIsWell();
        Refused(bench, Plain, "The build ended well but made no ", Untouched);
    }

    [Theory]
    [InlineData("not an image", "is no image of nanoFramework assemblies.")]
    [InlineData("", "is no image of nanoFramework assemblies.")]
    public void A_build_with_a_wrong_image_is_a_failed_build(string content, string expected)
    {
        using Workbench bench = new();
        bench.AnswerWithFile("-t:Rebuild", bench.Image, content).WhereAllIsWell();
        Refused(bench, Plain, expected, Untouched);
    }

    [Fact]
    public void An_image_larger_than_its_partition_is_refused()
    {
        using Workbench bench = new();
        bench.AnswerWithFile("-t:Rebuild", bench.Image, "NFMRK1" + new string('x', 0xE0000)).WhereAllIsWell();
        Refused(bench, Plain, "The image has 917510 bytes; the deploy partition holds 917504.", Untouched);
    }

    [Fact]
    public void A_missing_project_system_is_explained()
    {
        using Workbench bench = new Workbench().Answer("-t:Rebuild", "error MSB4057: The target \"Rebuild\" does not exist in the project.", 1).WhereAllIsWell();
        Refused(bench, Plain, "msbuild has no nanoFramework project system.", Untouched);
    }

    [Fact]
    public void A_runtime_that_fails_half_way_is_not_called_untouched_and_no_application_follows()
    {
        using Workbench bench = new Workbench().Answer("--update", NanoffTexts.WriteFailed, 163).WhereAllIsWell();
        Refused(bench, Plain with { ClrImage = bench.Runtime() }, "nanoff failed (E4003):", "The runtime may be written in part: the board does not start until this command succeeds.");
        Assert.Equal(["--version", Details, Update], bench.NanoffCalls);
        Assert.DoesNotContain("Done", bench.Output);
    }

    [Fact]
    public void A_download_that_fails_says_what_was_to_be_downloaded()
    {
        using Workbench bench = new Workbench().Answer("--update", NanoffTexts.NoDownload, 47).WhereAllIsWell();
        Refused(bench, Plain with { ClrImage = bench.Runtime() }, "bootloader and partition table come from (E9007). Is this computer online?", "The runtime may be written in part");
    }

    [Theory]
    [InlineData(true, "The runtime is written, the application is not or only in part: the node does not run.")]
    [InlineData(false, "The runtime is as it was, the application may be written in part: the node does not run.")]
    public void An_application_that_fails_half_way_says_so(bool withRuntime, string state)
    {
        using Workbench bench = new Workbench().Answer("--deploy", NanoffTexts.WriteFailed, 163).WhereAllIsWell();
        Refused(bench, Plain with { ClrImage = withRuntime ? bench.Runtime() : null }, "nanoff failed (E4003):", state);
        Assert.DoesNotContain("Done", bench.Output);
    }

    [Theory]
    [InlineData("esp32", "There is no board 'esp32'. Boards: esp-wrover-kit, esp32-devkitc-ve, freenove-esp32-wrover")]
    [InlineData("", "There is no board ''.")]
    [InlineData("../boards/esp-wrover-kit", "There is no board '../boards/esp-wrover-kit'.")]
    [InlineData("virtual", "The board 'virtual' has nothing to flash. Boards: esp-wrover-kit, esp32-devkitc-ve, freenove-esp32-wrover")]
    public void An_unknown_board_is_answered_with_the_known_ones(string board, string expected)
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        Refused(bench, new FlashRequest(board, Port), expected, Untouched);
        Assert.Empty(bench.Calls);
    }

    [Fact]
    public void Requests_that_make_no_sense_are_refused_before_any_tool_runs()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        Refused(bench, Plain with { Port = " " }, "Name the board's serial port", Untouched);
        Refused(bench, Plain with { Baud = 0 }, "-Baud must be a positive number.", Untouched);
        Refused(bench, Plain with { Erase = true }, "-Erase removes the runtime as well, so it needs -ClrImage.", Untouched);
        Refused(bench, Plain with { ClrImage = "nowhere.bin" }, "There is no runtime image nowhere.bin.", Untouched);
        Refused(bench, Plain with { ClrImage = bench.Runtime("nanoCLR.elf") }, "must be a .bin file", Untouched);
        Refused(bench, Plain with { ClrImage = bench.Runtime("empty.bin", 0) }, "The runtime image has 0 bytes;", Untouched);
        Refused(bench, Plain with { ClrImage = bench.Runtime("large.bin", 0x1D0001) }, "The runtime image has 1900545 bytes;", Untouched);
        Refused(bench, Plain with { ClrImage = bench.Runtime("other.bin", 16, (byte)'N') }, "is no ESP32 program image", Untouched);
        Assert.Empty(bench.Calls);
    }

    [Fact]
    public void A_bad_configuration_ends_before_any_tool_runs_and_stays_unsaid()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        File.WriteAllText(bench.Secrets, "SSID=home\nPASSWORD=Sw0rd\n");
        Refused(bench, Plain, "The configuration is not complete;", Untouched);
        Assert.Contains("wifi.secrets(2): error IROH001: PASSWORD must be 8 to 63 characters long", bench.Output);
        Assert.DoesNotContain("Sw0rd", bench.Output);
        Assert.Empty(bench.Calls);
    }

    [Fact]
    public void Nothing_of_the_configuration_is_printed_on_the_way()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        File.WriteAllText(bench.Secrets, "SSID=Sw0rdf1sh-net\nPASSWORD=Sw0rdf1sh-pass\nRELAY_TOKEN=Sw0rdf1sh-token\nAPI_SECRET=Sw0rdf1sh-api\n");
        Assert.True(bench.Run(Plain) == 0, bench.Output);
        Assert.DoesNotContain("Sw0rdf1sh", bench.Output);
        Assert.DoesNotContain(bench.Calls, c => c.Contains("Sw0rdf1sh"));
    }

    private static void Refused(Workbench bench, FlashRequest request, string expected, string state)
    {
        Assert.Equal(1, bench.Run(request));
        string[] lines = bench.Output.TrimEnd().Split(Environment.NewLine);
        Assert.Contains(expected, bench.Output);
        Assert.Contains(lines, l => l.StartsWith("FAILED: ", StringComparison.Ordinal));
        Assert.StartsWith(state, lines[^1]);
    }
}
