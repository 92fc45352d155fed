using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using IrohLite;
using IrohLite.Crypto;
using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Services;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Protocols;
using IrohLite.Quic;
using IrohLite.Tests;
using Xunit;

namespace Firmware.Tests.Services;

/// <summary>Whole streams, byte for byte, over real connections on loopback.</summary>
public class ServiceTests
{
    [Fact]
    public void Smart_fan_speaks_upstreams_bytes()
    {
        using ServedNode node = new();
        using Client client = new();
        IrohConnection c = client.Dial(node, SmartFanCodec.Alpn);
        Assert.Equal("0100", Client.Ask(c, "0100"));
        Assert.Equal("0100", Client.Ask(c, "0101"));
        node.Sample(0);
        Assert.Equal("09010000bc41cdcc2442", Client.Ask(c, "0100"));
        Assert.Equal("0e010000bc41cdcc2442000000c841", Client.Ask(c, "0101"));
        Assert.Equal("0101", Client.Ask(c, "0602000000c841"));
        Assert.Equal("0102", Client.Ask(c, "1602103030313132323333343435353636666666664842"));
        Assert.Equal("0102", Client.Ask(c, "160210303031313232333334343535363666660000c07f"));
        Assert.Equal("0100", Client.Ask(c, "1602103030313132323333343435353636666600002041"));
        Assert.Equal("0e010000bc41cdcc2442010000" + "2041", Client.Ask(c, "0101"));
        Assert.True(node.Board.PinHigh);
        c.Close(0, "");
    }

    [Fact]
    public void A_stale_reading_is_none_to_smart_fan()
    {
        using ServedNode node = new();
        using Client client = new();
        node.Sample(0);
        node.Clock.NowMs += SensorChannel.StaleAfterMs + 1;
        Assert.Equal("0100", Client.Ask(client.Dial(node, SmartFanCodec.Alpn), "0101"));
    }

    [Fact]
    public void Guessing_the_secret_is_limited_and_not_logged_without_end()
    {
        using ServedNode node = new();
        using Client client = new();
        IrohConnection c = client.Dial(node, SmartFanCodec.Alpn);
        for (int i = 0; i < 20; i++) Assert.Equal("0101", Client.Ask(c, "0a02046e6f70650000f041"));
        Assert.Equal(RefusalLimiter.MaxRefusals, node.Output.Split('\n').Count(l => l.Contains("rejected SetThreshold")));
        Assert.Equal("0101", Client.Ask(c, "1602103030313132323333343435353636666600002041"));
        node.Clock.NowMs += RefusalLimiter.WindowMs;
        Assert.Equal("0100", Client.Ask(c, "1602103030313132323333343435353636666600002041"));
    }

    [Fact]
    public void The_log_streams_upstreams_bytes_through_small_windows()
    {
        using ServedNode node = new("RECORD_SECONDS=2");
        using Client client = new();
        IrohConnection c = client.Dial(node, SensorLogCodec.Alpn);
        Assert.Equal("0100", Client.Ask(c, "0100"));
        Assert.Equal("", Client.Ask(c, "070100ffffffff0f"));
        node.Sample(1_750_000_000);
        Assert.Equal("1a010080c3bbc206010000bc41cdcc2442019a99a9c00000a14200", Client.Ask(c, "0100"));
        for (int i = 1; i < 2000; i++) node.Sample(1_750_000_000 + i);
        byte[] all = Convert.FromHexString(Client.Ask(c, "070100ffffffff0f"));
        Assert.InRange(all.Length, 1440 * 26, 1440 * 28);
        Assert.Equal(1440, CountFrames(all));
        Assert.Equal("", Client.Ask(c, "03010000"));
        Assert.Equal(2, CountFrames(Convert.FromHexString(Client.Ask(c, "03010502"))));
        Assert.Equal("", Client.Ask(c, "0c01ffffffffffffffffff0101"));
    }

    [Fact]
    public void Odd_but_good_requests_are_answered_and_bad_ones_close_with_code_0()
    {
        using ServedNode node = new();
        using Client client = new();
        using JsonDocument vectors = Vectors.Open("irpc/irpc.json");
        foreach (JsonElement row in vectors.RootElement.GetProperty("good_but_odd_requests").EnumerateArray())
            Assert.Equal("0100", Client.Ask(client.Dial(node, SmartFanCodec.Alpn), row.GetProperty("hex").GetString()));

        int bad = 0;
        foreach (JsonElement row in vectors.RootElement.GetProperty("bad_requests").EnumerateArray())
        {
            IrohConnection c = client.Dial(node, SmartFanCodec.Alpn);
            string hex = row.GetProperty("hex").GetString();
            string answer = null;
            try
            {
                answer = Client.Ask(c, hex);
            }
            catch (IrohException)
            {
                // The close may overtake the end of the stream.
            }

            Assert.True(string.IsNullOrEmpty(answer), answer);
            Assert.True(c.WaitClosed(Client.TimeoutMs), row.GetProperty("why").GetString());
            Assert.Equal(QuicCloseKind.RemoteApplication, c.CloseInfo.Kind);
            bool tooLong = hex == "81808008";
            Assert.Equal(tooLong ? 1 : 0, c.CloseInfo.Code);
            Assert.Equal(tooLong ? "request exceeded max message size" : "", c.CloseInfo.Reason);
            bad++;
        }

        Assert.Equal(8, bad);
        Assert.Equal("0100", Client.Ask(client.Dial(node, SmartFanCodec.Alpn), "0100"));
    }

    [Fact]
    public void Clients_that_hang_up_or_do_not_end_their_side_use_up_no_streams()
    {
        using ServedNode node = new("RECORD_SECONDS=2");
        using Client client = new();
        for (int i = 0; i < 1500; i++) node.Sample(1_750_000_000 + i);
        IrohConnection c = client.Dial(node, SensorLogCodec.Alpn);
        byte[] wholeLog = Convert.FromHexString("070100ffffffff0f"), part = Convert.FromHexString("0701");
        for (int i = 0; i < 6; i++)
        {
            // The answer is not wanted any more, once while it is sent, once before the request was whole.
            IrohStream stopped = c.OpenStream(Client.TimeoutMs);
            stopped.Write(wholeLog, 0, wholeLog.Length, Client.TimeoutMs);
            stopped.StopReading(0);
            stopped.Finish();
            IrohStream reset = c.OpenStream(Client.TimeoutMs);
            reset.Write(part, 0, part.Length, Client.TimeoutMs);
            reset.Reset(0);
        }

        byte[] latest = [1, 0];
        IrohStream open = c.OpenStream(Client.TimeoutMs);
        open.Write(latest, 0, 2, Client.TimeoutMs);
        byte[] answer = new byte[100];
        Assert.InRange(open.Read(answer, 0, 100, Client.TimeoutMs), 20, 30);
        Assert.Equal(0, open.Read(answer, 0, 100, Client.TimeoutMs));
        open.Finish();
        Assert.StartsWith("1b01", Client.Ask(c, "0100"));
        c.Close(0, "");
    }

    [Fact]
    public void The_third_connection_of_one_id_evicts_its_oldest_and_nobody_else()
    {
        using ServedNode node = new();
        using Client client = new(), other = new();
        IrohConnection stranger = Served(other, node), first = Served(client, node), second = Served(client, node);
        IrohConnection third = client.Dial(node, SmartFanCodec.Alpn);
        Assert.Equal("0100", Client.Ask(third, "0100"));
        Assert.True(first.WaitClosed(Client.TimeoutMs));
        Assert.Equal(0, first.CloseInfo.Code);
        foreach (IrohConnection c in new[] { stranger, second, third }) Assert.Equal("0100", Client.Ask(c, "0100"));
    }

    [Fact]
    public void Echo_serves_both_names_and_every_connection_is_announced()
    {
        using ServedNode node = new();
        using Client client = new();
        foreach (string alpn in new[] { EchoProtocol.Alpn, EchoProtocol.ShortAlpn })
        {
            IrohConnection c = client.Dial(node, alpn);
            Assert.Equal("Hello, world!", Encoding.ASCII.GetString(Convert.FromHexString(Client.Ask(c, Convert.ToHexString("Hello, world!"u8)))));
            c.Close(0, "bye!");
        }

        Assert.Equal(2, node.Output.Split('\n').Count(l => l == "Accepted connection from " + client.Id));
    }

    [Fact]
    public void Control_is_for_owners_and_reading_is_open()
    {
        DesktopCryptoProvider crypto = new();
        SecretKey ownerKey = SecretKey.Generate(new SystemRandomSource(), crypto);
        using ServedNode node = new("OWNERS=" + ownerKey.Id);
        using Client owner = new(ownerKey), guest = new();
        node.Sample(0);
        IrohConnection o = owner.Dial(node, NodeCodec.Alpn), g = guest.Dial(node, NodeCodec.Alpn);

        Assert.StartsWith("00", Body(Client.Ask(g, "0100")));
        Assert.StartsWith("00", Body(Client.Ask(g, "0101")));
        const string SwitchOn = "0b0201d80406647279696e67";
        Assert.StartsWith("01", Body(Client.Ask(g, SwitchOn)));
        Assert.False(node.Board.PinHigh);
        Assert.StartsWith("00", Body(Client.Ask(o, SwitchOn)));
        Assert.True(node.Board.PinHigh);
        Assert.Equal((FanMode.Manual, "drying"), (node.Context.Sampler.Fan.Mode, node.Context.Sampler.Fan.Reason));

        // Mode 3 does not exist; a week and a second is too long.
        Assert.StartsWith("03", Body(Client.Ask(o, "04020300" + "00")));
        Assert.StartsWith("03", Body(Client.Ask(o, "0602" + "01" + "81f52400")));
        Assert.StartsWith("00", Body(Client.Ask(o, "0402020000")));
        Assert.Equal(FanMode.Threshold, node.Context.Sampler.Fan.Mode);

        // The owner adds the guest, who may then switch, and is removed again.
        string guestId = Convert.ToHexString(guest.Id.RawBytes).ToLowerInvariant();
        Assert.Equal("0100", Client.Ask(o, "2105" + guestId));
        Assert.StartsWith("00", Body(Client.Ask(g, "0402000000")));
        Assert.Equal("0100", Client.Ask(o, "2106" + guestId));
        Assert.StartsWith("01", Body(Client.Ask(g, "0402000000")));
        Assert.StartsWith("04", Body(Client.Ask(o, "2106" + Convert.ToHexString(ownerKey.Id.RawBytes))));
    }

    [Fact]
    public void Settings_are_listed_changed_checked_and_kept()
    {
        DesktopCryptoProvider crypto = new();
        SecretKey ownerKey = SecretKey.Generate(new SystemRandomSource(), crypto);
        using ServedNode node = new("OWNERS=" + ownerKey.Id);
        using Client owner = new(ownerKey), guest = new();
        IrohConnection o = owner.Dial(node, NodeCodec.Alpn), g = guest.Dial(node, NodeCodec.Alpn);
        Assert.Contains(Hex("25.0"), Client.Ask(o, "0103"));
        Assert.Equal("0100", Client.Ask(o, SetSetting("threshold", "26.5")));
        Assert.Equal(26.5f, node.Context.Sampler.Fan.ThresholdCelsius);
        foreach ((string key, string value) in new[] { ("threshold", "9.9"), ("threshold", "50.1"), ("threshold", "x"), ("reading", "all"), ("nosuch", "1") })
            Assert.StartsWith("03", Body(Client.Ask(o, SetSetting(key, value))));
        Assert.Equal("0100", Client.Ask(o, SetSetting("reading", "owners")));
        Assert.StartsWith("01", Body(Client.Ask(g, "0101")));
        Assert.StartsWith("00", Body(Client.Ask(o, "0101")));

        IrohLite.Firmware.Config.OwnerSettings reloaded = new(node.Context.Settings, node.Flash);
        Assert.Equal(("26.5", "owners"), (reloaded.Get("threshold"), reloaded.Get("reading")));
        node.Flash.Refuses = true;
        Assert.StartsWith("04", Body(Client.Ask(o, SetSetting("publish", "off"))));
    }

    [Fact]
    public void Readings_carry_age_quality_and_fault()
    {
        using ServedNode node = new();
        using Client client = new();
        IrohConnection c = client.Dial(node, NodeCodec.Alpn);
        string none = Body(Client.Ask(c, "0101"));
        Assert.StartsWith("00" + "02" + "00000100" + "01000100", none);
        node.Sample(0);
        node.Inside.Fault = SensorFault.Checksum;
        node.Sample(0);
        string aging = Body(Client.Ask(c, "0101"));
        Assert.StartsWith("00" + "02" + "00" + "02" + "05" + "01", aging);
        node.Clock.NowMs += SensorChannel.StaleAfterMs;
        Assert.StartsWith("00" + "02" + "00" + "03" + "05" + "01", Body(Client.Ask(c, "0101")));
    }

    // A connection whose handler runs: the order of these calls is the order of the connections' age.
    private static IrohConnection Served(Client client, ServedNode node)
    {
        IrohConnection connection = client.Dial(node, SmartFanCodec.Alpn);
        Assert.Equal("0100", Client.Ask(connection, "0100"));
        return connection;
    }

    private static int CountFrames(byte[] stream)
    {
        int count = 0;
        for (int at = 0; at < stream.Length; count++) at += 1 + stream[at];
        return count;
    }

    private static string Body(string answer) => answer.Length > 2 * 128 ? answer[4..] : answer[2..];

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text)).ToLowerInvariant();

    private static string SetSetting(string key, string value)
    {
        string body = "04" + key.Length.ToString("x2") + Hex(key) + value.Length.ToString("x2") + Hex(value);
        return (body.Length / 2).ToString("x2") + body;
    }
}
