using System;
using System.IO;
using System.Linq;
using IrohLite.Tools.Flash;
using Xunit;

namespace Flash.Tests;

/// <summary>From wifi.secrets to a running board, against fake tools: every command line.</summary>
public class FlashJobTests
{
    private const string Board = "esp32-devkitc-ve";
    private const string Port = "/dev/ttyUSB0";
    private const string Details = "--platform esp32 --serialport /dev/ttyUSB0 --baud 460800 --devicedetails --suppressnanoffversioncheck";
    private const string Deploy = "--target ESP32_PSRAM_REV3 --serialport /dev/ttyUSB0 --baud 460800 --deploy --image ~/firmware/bin/Release/Firmware.bin"
        + " --address 0x1E0000 --suppressnanoffversioncheck";
    private const string Update = "--target ESP32_PSRAM_REV3 --serialport /dev/ttyUSB0 --baud 460800 --update --clrfile ~/nanoCLR.bin --suppressnanoffversioncheck";

    private static readonly FlashRequest Plain = new(Board, Port);

    [Fact]
    public void An_application_is_built_and_deployed_at_the_address_of_its_partition()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        Assert.True(bench.Run(Plain) == 0, bench.Output);
        Assert.Equal(
            [
                "--version",
                "restore ~/nanoFramework.sln -NonInteractive",
                "~/firmware/Firmware.nfproj -t:Rebuild -p:Configuration=Release -p:Board=esp32-devkitc-ve -verbosity:minimal -nologo",
                Details,
                Deploy,
            ], bench.Calls);
        Assert.Contains("Done: 13 bytes deployed at 0x1E0000.", bench.Output);
        Assert.Contains("\"SSID=home\"", File.ReadAllText(Path.Combine(bench.Root, "firmware", "Config", "WifiSecrets.g.cs")));
    }

    [Fact]
    public void The_runtime_is_written_before_the_application_and_by_a_command_of_its_own()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        Assert.True(bench.Run(Plain with { ClrImage = bench.Runtime() }) == 0, bench.Output);
        Assert.Equal(["--version", Details, Update, Deploy], bench.NanoffCalls);
    }

    [Fact]
    public void Erasing_goes_with_the_runtime_and_happens_once()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        Assert.True(bench.Run(Plain with { ClrImage = bench.Runtime(), Erase = true }) == 0, bench.Output);
        Assert.Equal(["--version", Details, Update + " --masserase", Deploy], bench.NanoffCalls);
    }

    [Fact]
    public void Another_speed_reaches_every_transfer()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        Assert.True(bench.Run(Plain with { ClrImage = bench.Runtime(), Baud = 115200 }) == 0, bench.Output);
        Assert.Equal(3, bench.NanoffCalls.Count(c => c.Contains("--baud 115200 ")));
        Assert.DoesNotContain(bench.NanoffCalls, c => c.Contains("460800"));
    }

    [Theory]
    [InlineData("freenove-esp32-wrover")]
    [InlineData("esp-wrover-kit")]
    public void Each_board_builds_its_own_pins(string board)
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        Assert.True(bench.Run(new FlashRequest(board, Port)) == 0, bench.Output);
        Assert.Contains(bench.Calls, c => c.Contains("-p:Board=" + board + " "));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_deployment_ever_goes_without_its_address(bool withRuntime)
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        bench.Run(Plain with { ClrImage = withRuntime ? bench.Runtime() : null });
        string[] deployments = bench.NanoffCalls.Where(c => c.Contains("--deploy") || c.Contains("--image")).ToArray();
        Assert.Single(deployments);
        Assert.All(deployments, d => Assert.Contains("--address 0x1E0000", d));
        Assert.All(deployments, d => Assert.DoesNotContain("--update", d));
    }

    [Fact]
    public void What_if_shows_the_commands_and_runs_none()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        Assert.Equal(0, bench.Run(Plain with { ClrImage = bench.Runtime(), Erase = true, WhatIf = true }));
        Assert.Empty(bench.Calls);
        Assert.False(Directory.Exists(Path.Combine(bench.Root, "firmware", "Config")));
        string output = bench.Output.Replace(bench.Root, "~").Replace('\\', '/');
        foreach (string command in new[] { Details, Update + " --masserase", Deploy }) Assert.Contains("  nanoff " + command + Environment.NewLine, output);
        Assert.Contains("  msbuild ~/firmware/Firmware.nfproj -t:Rebuild", output);
        Assert.Contains("  nuget restore ~/nanoFramework.sln", output);
    }

    [Fact]
    public void The_project_system_of_another_place_is_passed_on()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        bench.Set(Toolbox.ProjectSystemVariable, "/opt/nano/v1.0");
        Assert.True(bench.Run(Plain) == 0, bench.Output);
        Assert.Contains(bench.Calls, c => c.EndsWith(" -p:NanoFrameworkProjectSystemPath=/opt/nano/v1.0/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_project_system_of_the_editor_extension_is_found()
    {
        using Workbench bench = new Workbench().WhereAllIsWell();
        string folder = Path.Combine(bench.Root, ".vscode", "extensions", "nanoframework.vscode-nanoframework-1.2.3", "dist", "v1.0");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "NFProjectSystem.props"), "");
        bench.Set("HOME", bench.Root);
        Assert.True(bench.Run(Plain) == 0, bench.Output);
        Assert.Contains(bench.Calls, c => c.EndsWith("nanoframework-1.2.3/dist/v1.0/", StringComparison.Ordinal));
    }
}
