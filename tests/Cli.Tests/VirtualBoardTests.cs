using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using IrohLite.Desktop;
using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>Orders to the virtual board, its choices and its flash.</summary>
public sealed class VirtualBoardTests : IDisposable
{
    private const int LongMs = 60000;

    private readonly string _folder = Directory.CreateTempSubdirectory("irohlite").FullName;
    private readonly StringWriter _serial = new();

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Wifi_goes_and_comes()
    {
        using VirtualBoard board = Start();
        Order(board, "wifi drop");
        Eventually(() => Said("WiFi disconnected - reconnecting") && Said("WiFi failed: network not available"));
        Assert.False(board.IsServing);
        Order(board, "wifi restore");
        Eventually(() => board.IsServing);
        Assert.Equal(2, Count("Iroh endpoint bound"));
    }

    [Fact]
    public void Sensors_fail_one_by_one_and_answer_again()
    {
        using VirtualBoard board = Start();
        Order(board, "sensor inside fail");
        Assert.Equal((true, false), (board.World.Inside.IsDead, board.World.Outside.IsDead));
        Eventually(() => Said("Inside sensor failed: no response"));
        Order(board, "sensor outside fail\nsensor inside ok");
        Assert.Equal((false, true), (board.World.Inside.IsDead, board.World.Outside.IsDead));
        Eventually(() => Said("Outside sensor failed: no response"));
        Order(board, "sensor outside ok");
        Assert.False(board.World.Outside.IsDead);
    }

    [Fact]
    public void The_clock_steps_and_its_server_goes_silent()
    {
        using VirtualBoard board = Start();
        AssertAhead(board, 0);
        Order(board, "clock step -86400");
        AssertAhead(board, -86400);
        Order(board, "clock step 86400");
        AssertAhead(board, 0);
        Order(board, "time drop");
        Assert.False(board.World.WallClock.ServerAnswers);
        Order(board, "time restore");
        Assert.True(board.World.WallClock.ServerAnswers);
    }

    [Fact]
    public void Memory_is_taken_and_given_back_and_too_little_of_it_restarts_the_board()
    {
        using VirtualBoard board = Start();
        long free = board.World.Board.HeapFreeBytes;
        Order(board, "memory fill 1000000");
        Assert.Equal(free - 1000000, board.World.Board.HeapFreeBytes);
        Order(board, "memory free");
        Assert.Equal(free, board.World.Board.HeapFreeBytes);
        Order(board, "memory fill " + (free - 1000));
        Eventually(() => board.Context.Boots.Reason == ResetReason.Software && board.IsServing);
        Assert.True(Said("Stopping: out of memory"));
        Assert.Equal(free, board.World.Board.HeapFreeBytes);
    }

    [Fact]
    public void A_restart_boots_the_firmware_anew_with_the_same_id()
    {
        using VirtualBoard board = Start();
        NodeContext before = board.Context;
        string ticket = board.ShortTicket;
        Order(board, "restart");
        Eventually(() => board.IsServing);
        Assert.NotSame(before, board.Context);
        Assert.Equal(ResetReason.External, board.Context.Boots.Reason);
        Assert.True(Said("Stopping: restart ordered"));
        Assert.Equal(ticket, board.ShortTicket);
        Assert.Equal(1, Count("Generated a new node identity and stored it in flash"));
    }

    [Fact]
    public void A_script_ends_with_quit_or_without_and_says_which()
    {
        using VirtualBoard board = Start();
        Assert.False(Run(board, "# a comment\n\nwait 1\n", out string quiet));
        Assert.Equal("", quiet);
        Assert.True(Run(board, "wait 0\nquit\nsensor inside fail\n", out _));
        Assert.False(board.World.Inside.IsDead);
    }

    [Theory]
    [InlineData("wifi")]
    [InlineData("wifi dance")]
    [InlineData("sensor inside")]
    [InlineData("sensor cellar fail")]
    [InlineData("clock step soon")]
    [InlineData("memory fill")]
    [InlineData("wait -1")]
    [InlineData("wait 3600001")]
    [InlineData("explode")]
    public void An_unknown_order_is_answered_with_the_list(string order)
    {
        using VirtualBoard board = Start();
        Assert.False(Run(board, order + "\n", out string answer));
        foreach (string known in new[] { "wifi drop", "sensor inside|outside", "clock step", "time drop", "memory fill", "restart", "wait", "quit" }) Assert.Contains(known, answer);
    }

    [Fact]
    public void Flash_in_a_folder_keeps_the_id_and_the_secret_over_processes_and_other_flash_is_another_board()
    {
        string first, again, other;
        using (VirtualBoard board = Start(flash: "one")) first = board.ShortTicket + board.Context.ApiSecret;
        using (VirtualBoard board = Start(flash: "one")) again = board.ShortTicket + board.Context.ApiSecret;
        using (VirtualBoard board = Start(flash: "two")) other = board.ShortTicket + board.Context.ApiSecret;
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(2, Count("Generated a new node identity and stored it in flash"));
    }

    [Fact]
    public void A_lost_key_is_announced()
    {
        using (Start(flash: "one")) { }
        string[] slots = Directory.GetFiles(Path.Combine(_folder, "one"), "key*").Where(f => !Path.GetFileName(f).StartsWith("keymark", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, slots.Length);
        foreach (string slot in slots) File.WriteAllBytes(slot, [1, 2, 3]);
        using (Start(flash: "one")) { }
        Assert.True(Said("WARNING: the stored node identity was lost"), Serial());
    }

    [Fact]
    public void A_flash_that_fails_is_the_firmwares_business_and_ends_nothing()
    {
        using VirtualBoard board = Start(flash: "one");
        Directory.Delete(Path.Combine(_folder, "one"), true);
        Order(board, "restart");
        Eventually(() => board.IsServing);
        Assert.True(Said("WARNING: flash refused the node identity"), Serial());
    }

    [Fact]
    public void A_board_that_is_closed_takes_no_orders()
    {
        VirtualBoard board = Start();
        board.Dispose();
        board.Order(_ => Assert.Fail("carried out"));
    }

    [Fact]
    public void The_config_says_where_a_board_announces_itself_however_it_is_spaced()
    {
        foreach (string line in new[] { "PUBLISH=on", " PUBLISH = on " })
        {
            using VirtualBoard board = Start(new BoardChoices { Secrets = [line, "PUBLISH_URL=http://127.0.0.1:9/pkarr"] });
            Assert.True(board.Context.OwnerSettings.Publish);
        }

        using VirtualBoard silent = Start();
        Assert.False(silent.Context.OwnerSettings.Publish);
    }

    [Theory]
    [InlineData("21.5,40.0\n# a comment\n21.6,forty\n", "line 3: expected temperature,humidity such as 21.5,40.0")]
    [InlineData("21.5,40.0\n80.1,40\n", "line 2")]
    [InlineData("21.5,100.1\n", "line 1")]
    [InlineData("21.5\n", "line 1")]
    [InlineData("# nothing\n", "no rows")]
    public void A_bad_line_of_a_csv_is_named(string text, string words)
    {
        string path = Path.Combine(_folder, "air.csv");
        File.WriteAllText(path, text);
        foreach (BoardChoices choices in new BoardChoices[] { new() { InsideCsv = path }, new() { OutsideCsv = path } })
        {
            UserException e = Assert.Throws<UserException>(() => Start(choices));
            Assert.Equal("csv", e.Error);
            Assert.Contains(path, e.Message);
            Assert.Contains(words, e.Message);
        }
    }

    [Fact]
    public void Choices_that_cannot_be_had_are_named()
    {
        Assert.Equal("csv", Assert.Throws<UserException>(() => Start(new BoardChoices { InsideCsv = Path.Combine(_folder, "none.csv") })).Error);
        Assert.Contains("OWNERS: entry 1 is no endpoint id", Assert.Throws<UserException>(() => Start(new BoardChoices { Owners = "me" })).Message);
        // The line is that of the user's file.
        Assert.Contains("--config, line 2: RECORD_SECONDS", Assert.Throws<UserException>(() => Start(new BoardChoices { Secrets = ["READING=open", "RECORD_SECONDS=1"] })).Message);
        Assert.Contains("--config, line 1: has an unknown or repeated key", Assert.Throws<UserException>(() => Start(new BoardChoices { Secrets = ["COLOUR=blue"] })).Message);
        foreach (string line in new[] { "SSID=mine", "RELAY = none" })
            Assert.Contains("is not taken from there", Assert.Throws<UserException>(() => Start(new BoardChoices { Secrets = [line] })).Message);
    }

    private VirtualBoard Start(string? flash = null) => Start(new BoardChoices { FaultRate = 0, FlashFolder = flash == null ? null : Path.Combine(_folder, flash) });

    private VirtualBoard Start(BoardChoices choices)
    {
        EndpointSetup setup = new() { UseRelays = false, Udp = new IPEndPoint(IPAddress.Loopback, 0), Crypto = CryptoChoice.Managed };
        VirtualBoard board = VirtualBoard.Start(setup, choices, _serial, _serial, LongMs);
        Eventually(() => board.IsServing);
        return board;
    }

    private static void Order(VirtualBoard board, string lines)
    {
        Assert.False(Run(board, lines, out string answer));
        Assert.Equal("", answer);
    }

    private static bool Run(VirtualBoard board, string lines, out string answer)
    {
        StringWriter answers = new();
        bool quit = new BoardOrders(board, answers).Run(new StringReader(lines));
        answer = answers.ToString();
        return quit;
    }

    // Between two looks at the real clock, since time may pass from one line to the next.
    private static void AssertAhead(VirtualBoard board, long seconds)
    {
        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), shown = board.World.WallClock.UnixSeconds, after = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.InRange(shown, before + seconds - 5, after + seconds + 5);
    }

    // The board holds this lock while it writes.
    private string Serial()
    {
        lock (_serial) return _serial.ToString();
    }

    private bool Said(string words) => Serial().Contains(words, StringComparison.Ordinal);

    private int Count(string words) => Serial().Split(words).Length - 1;

    private void Eventually(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, LongMs), Serial());
}
