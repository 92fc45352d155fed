using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using IrohLite.Tests;
using Xunit;

namespace Firmware.Tests.Boards;

/// <summary>Every board below boards/ against the rules of the ESP32-WROVER's pins.</summary>
public class BoardTests
{
    private static readonly int[] Flash = { 6, 7, 8, 9, 10, 11 };
    private static readonly int[] Psram = { 16, 17 };
    private static readonly int[] Uart0 = { 1, 3 };
    private static readonly int[] Straps = { 0, 2, 5, 12, 15 };
    private static readonly int[] InputOnly = { 34, 35, 36, 37, 38, 39 };
    private static readonly int[] Free = { 4, 13, 14, 18, 19, 21, 22, 23, 25, 26, 27, 32, 33 };

    public static IEnumerable<object[]> Boards() =>
        Directory.GetDirectories(Path.Combine(Vectors.RepositoryRoot, "boards")).Select(d => new object[] { Path.GetFileName(d) });

    public static IEnumerable<object[]> Esp32Boards() => Boards().Where(b => Kind((string)b[0]) == "esp32");

    [Fact]
    public void The_four_boards_are_there() =>
        Assert.Equal(new[] { "esp-wrover-kit", "esp32-devkitc-ve", "freenove-esp32-wrover", "virtual" },
            Boards().Select(b => (string)b[0]).OrderBy(n => n, StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Boards))]
    public void A_board_names_itself_as_its_folder(string board) =>
        Assert.Equal(board, Open(board).GetProperty("name").GetString());

    [Theory]
    [MemberData(nameof(Esp32Boards))]
    public void Pins_keep_the_rules_of_the_module(string board)
    {
        Dictionary<string, int> pins = Pins(board);
        Assert.Equal(7, pins.Count);
        Assert.Equal(pins.Count, pins.Values.Distinct().Count());
        foreach ((string name, int pin) in pins) Assert.Null(Objection(name, pin));
    }

    [Theory]
    [MemberData(nameof(Esp32Boards))]
    public void The_constants_equal_the_json(string board)
    {
        string source = File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "boards", board, "BoardPins.cs"));
        Dictionary<string, int> constants = Regex.Matches(source, @"const int (\w+) = (\d+);")
            .ToDictionary(m => char.ToLowerInvariant(m.Groups[1].Value[0]) + m.Groups[1].Value[1..], m => int.Parse(m.Groups[2].Value));
        Assert.Equal(Pins(board).OrderBy(p => p.Key), constants.OrderBy(p => p.Key));
        Assert.Contains($"BoardName = \"{board}\"", source);
        Assert.Contains("SwitchActiveHigh = " + (Open(board).GetProperty("switchActiveHigh").GetBoolean() ? "true" : "false"), source);
    }

    [Theory]
    [MemberData(nameof(Esp32Boards))]
    public void The_picture_and_the_table_of_the_documents_show_the_same_pins(string board)
    {
        int[] pins = Pins(board).Values.ToArray();
        string svg = File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "docs", "images", "wiring-" + board + ".svg"));
        System.Xml.Linq.XDocument.Parse(svg);
        Assert.Equal(pins, Regex.Matches(svg, @">IO(\d+)</text>").Select(m => int.Parse(m.Groups[1].Value)));

        string[] rows = File.ReadAllLines(Path.Combine(Vectors.RepositoryRoot, "docs", "hardware.md")).Where(l => l.StartsWith('|')).ToArray();
        int column = Array.IndexOf(rows[0].Split('|').Select(c => c.Trim()).ToArray(), board);
        Assert.True(column > 0, board + " has no column");
        string[] cells = rows.Skip(2).Take(8).Select(r => r.Split('|')[column].Trim()).ToArray();
        Assert.Equal(pins.Select(p => "IO" + p), cells.Take(7));
        Assert.Equal(Open(board).GetProperty("switchActiveHigh").GetBoolean() ? "high level" : "low level", cells[7]);
        Assert.Contains("images/wiring-" + board + ".svg", File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "docs", "hardware.md")));
    }

    [Theory]
    [MemberData(nameof(Esp32Boards))]
    public void Flashing_facts_fit_the_partition_table(string board)
    {
        JsonElement json = Open(board);
        Assert.Equal("ESP32_PSRAM_REV3", json.GetProperty("nanoffTarget").GetString());
        Assert.Equal("0x1E0000", json.GetProperty("deployAddress").GetString());
        Assert.Equal(921600, json.GetProperty("serialBaud").GetInt32());
        Assert.InRange(json.GetProperty("flashBaud").GetInt32(), 115200, 1500000);
    }

    [Theory]
    [InlineData("fanSwitch", 6)]
    [InlineData("fanSwitch", 16)]
    [InlineData("fanSwitch", 1)]
    [InlineData("fanSwitch", 12)]
    [InlineData("fanSwitch", 34)]
    [InlineData("insideEcho", 17)]
    [InlineData("displayClock", 36)]
    [InlineData("displayClock", 40)]
    public void A_forbidden_pin_is_objected_to(string name, int pin) => Assert.NotNull(Objection(name, pin));

    private static string Objection(string name, int pin)
    {
        if (Flash.Contains(pin)) return $"{name}: GPIO{pin} belongs to the flash";
        if (Psram.Contains(pin)) return $"{name}: GPIO{pin} belongs to the PSRAM";
        if (Uart0.Contains(pin)) return $"{name}: GPIO{pin} is the console";
        if (Straps.Contains(pin)) return $"{name}: GPIO{pin} is a strapping pin";
        bool onlyReads = name.EndsWith("Echo", StringComparison.Ordinal);
        if (InputOnly.Contains(pin)) return onlyReads && pin is not (37 or 38) ? null : $"{name}: GPIO{pin} cannot drive";
        return Free.Contains(pin) ? null : $"{name}: GPIO{pin} does not exist";
    }

    private static Dictionary<string, int> Pins(string board) =>
        Open(board).GetProperty("pins").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32());

    private static string Kind(string board) => Open(board).GetProperty("kind").GetString();

    private static JsonElement Open(string board) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "boards", board, "board.json"))).RootElement;
}
