using System;
using System.Linq;
using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;
using Xunit;

namespace Firmware.Tests.App;

public class FirmwareAppTests
{
    [Fact]
    public void A_boot_runs_through_its_stages_and_prints_the_lines_of_upstream()
    {
        VirtualNode node = new();
        node.Run(5000);
        Assert.Equal(BootStage.Serving, node.Stage);
        string[] expected =
        {
            "Connecting to WiFi network: home", "WiFi connected: 127.0.0.1", "Starting SNTP time sync...", "SNTP synced",
            "Generated a new node identity and stored it in flash", "Iroh endpoint bound", "  Listening on: 127.0.0.1:4433", "  Endpoint ID: ",
            "  Short ticket: endpoint", "Router started, accepting connections", "Relay online: http://127.0.0.1:3340/", "  Long ticket:  endpoint",
        };
        int at = -1;
        foreach (string line in expected)
        {
            int found = node.Lines.FindIndex(at + 1, l => l.StartsWith(line, StringComparison.Ordinal));
            Assert.True(found > at, $"'{line}' missing after line {at}:\n{string.Join("\n", node.Lines)}");
            at = found;
        }
    }

    [Fact]
    public void No_secret_of_the_configuration_is_ever_printed()
    {
        VirtualNode node = new("SSID=home", "PASSWORD=correct horse", "RELAY=http://127.0.0.1:3340/", "RELAY_TOKEN=tok-sesame", "API_SECRET=api-sesame",
            "SECRET_KEY=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        node.Run(200_000);
        foreach (string secret in new[] { "correct horse", "sesame", "0001020304" }) Assert.False(node.Printed(secret), secret);
        Assert.True(node.Printed("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"));
    }

    [Fact]
    public void A_node_that_boots_without_wifi_comes_up_when_wifi_does()
    {
        VirtualNode node = new();
        node.Wifi.InRange = false;
        node.Run(3 * 3600 * 1000L / 20);
        Assert.Equal(BootStage.Wifi, node.Stage);
        node.Wifi.InRange = true;
        node.RunUntil(() => node.Endpoint.IsRelayOnline && node.Stage == BootStage.Serving, 30_000, "recovery");
    }

    [Fact]
    public void Two_networks_are_tried_in_turn()
    {
        VirtualNode node = new("SSID=first", "PASSWORD=12345678", "SSID2=second", "PASSWORD2=", "RELAY=http://127.0.0.1:3340/");
        node.Wifi.Ssid = "second";
        node.RunUntil(() => node.Stage == BootStage.Serving, 60_000, "second network");
        Assert.True(node.Printed("Connecting to WiFi network: first"));
        Assert.True(node.Printed("Connecting to WiFi network: second"));
    }

    [Fact]
    public void A_silent_time_server_delays_the_boot_by_thirty_seconds_only()
    {
        VirtualNode node = new();
        node.WallClock.ServerAnswers = false;
        node.Run(29_000);
        Assert.Equal(BootStage.Time, node.Stage);
        node.RunUntil(() => node.Stage == BootStage.Serving, 5000, "serving");
        Assert.True(node.Printed("SNTP sync timed out after 30s, continuing anyway"));
    }

    [Fact]
    public void Losing_wifi_drops_the_endpoint_and_its_return_builds_it_again_with_the_same_key()
    {
        VirtualNode node = new();
        node.Run(5000);
        string id = node.Lines.First(l => l.StartsWith("  Endpoint ID", StringComparison.Ordinal));
        node.Wifi.InRange = false;
        node.Run(60_000);
        Assert.False(node.Endpoint.IsStarted);
        Assert.Null(node.Context.OnlineRelay);
        node.Wifi.InRange = true;
        node.RunUntil(() => node.Endpoint.IsRelayOnline && node.Stage == BootStage.Serving, 30_000, "recovery");
        Assert.Equal(2, node.Endpoint.Starts);
        Assert.Equal(2, node.Lines.Count(l => l == id));
        Assert.Equal(0, node.Reboots);
    }

    [Fact]
    public void A_changed_address_rebuilds_the_endpoint()
    {
        VirtualNode node = new();
        node.Run(5000);
        node.Wifi.HandedOut = System.Net.IPAddress.Parse("127.0.0.9");
        node.Run(5000);
        Assert.Equal(2, node.Endpoint.Starts);
        Assert.True(node.Printed("WiFi address changed"));
    }

    [Fact]
    public void Relays_are_tried_in_order_until_one_accepts()
    {
        VirtualNode node = new("SSID=home", "PASSWORD=12345678", "RELAY=http://127.0.0.1:1/,http://127.0.0.1:2/,http://127.0.0.1:3340/");
        node.RunUntil(() => node.Endpoint.IsRelayOnline, 60_000, "third relay");
        Assert.Equal(3, node.Endpoint.Starts);
        Assert.Equal("http://127.0.0.1:3340/", node.Context.OnlineRelay ?? Advance(node));
    }

    [Fact]
    public void Another_relay_is_not_tried_while_a_peer_on_the_lan_is_connected()
    {
        VirtualNode node = new("SSID=home", "PASSWORD=12345678", "RELAY=http://127.0.0.1:1/,http://127.0.0.1:3340/");
        node.Endpoint.ConnectionCount = 1;
        node.Run(120_000);
        Assert.Equal(1, node.Endpoint.Starts);
        node.Endpoint.ConnectionCount = 0;
        node.RunUntil(() => node.Endpoint.IsRelayOnline, 30_000, "second relay");
    }

    [Fact]
    public void A_node_without_a_relay_prints_its_long_ticket_at_once_and_is_not_restarted_for_it()
    {
        VirtualNode node = new("SSID=home", "RELAY=none");
        node.Run(20 * 60 * 1000);
        Assert.Equal((BootStage.Serving, 0), (node.Stage, node.Reboots));
        Assert.True(node.Printed("  Long ticket:  endpoint"));
    }

    [Fact]
    public void The_address_is_announced_only_while_the_relay_is_online_and_the_clock_is_set()
    {
        VirtualNode node = new();
        node.WallClock.ServerAnswers = false;
        node.Run(60_000);
        Assert.True(node.Endpoint.IsRelayOnline);
        Assert.Null(node.Publisher.Newest);
        node.WallClock.ServerAnswers = true;
        node.WallClock.StartSync();
        node.Run(1000);
        Assert.Equal("http://127.0.0.1:3340/", node.Publisher.Newest.FirstRelay().ToString());
        Assert.True(node.Printed("The short ticket can be dialled"));
        node.Endpoint.ReachableRelays.Clear();
        node.Run(1000);
        Assert.Null(node.Publisher.Newest);
    }

    [Fact]
    public void Publishing_can_be_switched_off()
    {
        VirtualNode node = new("SSID=home", "RELAY=http://127.0.0.1:3340/", "PUBLISH=off");
        node.Run(10_000);
        Assert.True(node.Endpoint.IsRelayOnline);
        Assert.Null(node.Publisher.Newest);
    }

    [Fact]
    public void Fifteen_minutes_without_a_relay_restart_the_board_once_each()
    {
        VirtualNode node = new();
        node.Endpoint.ReachableRelays.Clear();
        node.Run(62 * 60 * 1000);
        Assert.Equal(4, node.Reboots);
        Assert.True(node.Printed("Stopping: no relay for 15 minutes"));
        Assert.False(node.Board.PinHigh);
    }

    [Fact]
    public void Ten_boots_that_did_not_last_a_minute_lead_to_safe_mode_and_a_long_one_out_of_it()
    {
        VirtualNode node = new();
        for (int i = 0; i < 9; i++)
        {
            node.Run(20_000);
            node.Endpoint.Stop();
            node.Boot();
        }

        Assert.False(node.Context.Boots.SafeMode);
        node.Run(20_000);
        node.Endpoint.Stop();
        node.Boot();
        Assert.True(node.Context.Boots.SafeMode);
        Assert.True(node.Printed("Safe mode after 10 short boots"));
        Assert.Equal(11, node.Context.Boots.BootCount);
        node.Run(61_000);
        node.Endpoint.Stop();
        node.Boot();
        Assert.False(node.Context.Boots.SafeMode);
    }

    [Fact]
    public void Low_memory_is_collected_and_only_a_real_shortage_restarts()
    {
        VirtualNode node = new();
        node.Run(5000);
        node.Board.Fill(node.Board.HeapFreeBytes - 10_000, true);
        node.Run(1000);
        Assert.Equal(0, node.Reboots);
        Assert.True(node.Board.HeapFreeBytes > Supervisor.LowMemoryBytes);
        node.Board.Fill(node.Board.HeapFreeBytes - 10_000, false);
        node.App.Step();
        Assert.Equal("out of memory", node.App.RestartReason);
    }

    [Fact]
    public void A_clock_that_steps_changes_no_timer()
    {
        VirtualNode node = new();
        node.Run(10_000);
        long samples = node.Context.Sampler.Inside.GoodCount + node.Context.Sampler.Inside.FaultCount;
        node.WallClock.Step(-400_000_000);
        node.Run(60_000);
        node.WallClock.Step(800_000_000);
        node.Run(60_000);
        long more = node.Context.Sampler.Inside.GoodCount + node.Context.Sampler.Inside.FaultCount - samples;
        Assert.InRange(more, 58, 61);
        Assert.Equal(0, node.Reboots);
        Assert.Equal(BootStage.Serving, node.Stage);
    }

    [Fact]
    public void A_status_line_appears_each_minute()
    {
        VirtualNode node = new();
        node.Run(10 * 60 * 1000 + 500);
        string[] lines = node.Lines.Where(l => l.StartsWith("up ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(10, lines.Length);
        Assert.Contains("heap free", lines[0]);
        Assert.Contains("relay online", lines[0]);
        Assert.Contains("-55 dBm", lines[0]);
        Assert.True(node.Board.Feeds > 1000);
    }

    [Fact]
    public void Reset_reasons_are_kept_over_a_reboot()
    {
        VirtualNode node = new();
        node.Board.ResetReason = ResetReason.BrownOut;
        node.Run(1000);
        node.Endpoint.Stop();
        node.Boot();
        Assert.Equal((ResetReason.BrownOut, ResetReason.PowerOn), (node.Context.Boots.Reason, node.Context.Boots.PreviousReason));
    }

    private static string Advance(VirtualNode node)
    {
        node.Run(500);
        return node.Context.OnlineRelay;
    }
}
