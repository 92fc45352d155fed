using System;
using System.IO;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Firmware;
using IrohLite.Firmware.Config;
using IrohLite.Identity;
using IrohLite.Tests;
using Xunit;

namespace Firmware.Tests.Config;

/// <summary>wifi.secrets: what stands in an empty file, every bad line with its message, and no value in any message.</summary>
public class SettingsTests
{
    private const string Marker = "Sw0rdf1sh";
    private const string SecretHex = "2f7a6f3c5b1d4e8890aabbccddeeff00112233445566778899aabbccddeeff01";
    private static readonly DesktopCryptoProvider Crypto = new();
    private static readonly string OwnerA = Id(1);
    private static readonly string OwnerB = Id(2);

    [Fact]
    public void One_network_is_enough_and_everything_else_has_its_default()
    {
        DeviceSettings settings = Parse("SSID=home");
        Assert.Equal(new[] { "home" }, settings.Ssids);
        Assert.Equal(new[] { "" }, settings.Passwords);
        Assert.Null(settings.SecretKey);
        Assert.Null(settings.ApiSecret);
        Assert.Null(settings.RelayToken);
        Assert.Equal(DeviceSettings.DefaultRelays.Split(','), settings.Relays.Select(r => r.ToString()));
        Assert.Equal(4, settings.Relays.Length);
        Assert.Empty(settings.Owners);
        Assert.False(settings.ReadingForOwnersOnly);
        Assert.Equal(FanMode.Threshold, settings.AutomaticFanMode);
        Assert.Equal(10000, settings.FanMinOnMs);
        Assert.Equal(10000, settings.FanMinOffMs);
        Assert.Equal("dht22", settings.InsideSensor);
        Assert.Equal("dht22", settings.OutsideSensor);
        Assert.False(settings.HasDisplay);
        Assert.Equal(0, settings.UdpPort);
        Assert.Equal(60, settings.RecordSeconds);
        Assert.True(settings.Publish);
        Assert.Equal("https://dns.iroh.link/pkarr", settings.PublishUrl);
        Assert.False(settings.PublishLan);
    }

    [Fact]
    public void Every_key_is_taken_over()
    {
        DeviceSettings settings = Parse("# a comment", "", "  SSID = home ", "PASSWORD=first-password", "SSID2=shed", "PASSWORD2=other=password",
            "SECRET_KEY=" + SecretHex, "API_SECRET=longenough", "RELAY=http://10.0.0.2:3340/, https://relay.example/", "RELAY_TOKEN=token",
            "OWNERS=" + OwnerA + ", " + OwnerB, "READING=owners", "FAN_MODE=advantage", "FAN_MIN_ON_SECONDS=30", "FAN_MIN_OFF_SECONDS=0",
            "SENSOR_INSIDE=dht21", "SENSOR_OUTSIDE=none", "DISPLAY=tm1637", "UDP_PORT=4433", "RECORD_SECONDS=3600", "PUBLISH=off",
            "PUBLISH_URL=https://pkarr.example/put", "PUBLISH_LAN=on");
        Assert.Equal(new[] { "home", "shed" }, settings.Ssids);
        Assert.Equal(new[] { "first-password", "other=password" }, settings.Passwords);
        Assert.True(SecretKey.TryParse(SecretHex, Crypto, out SecretKey key));
        Assert.True(settings.SecretKey.Id.SameAs(key.Id));
        Assert.Equal("longenough", settings.ApiSecret);
        Assert.Equal(new[] { "http://10.0.0.2:3340/", "https://relay.example/" }, settings.Relays.Select(r => r.ToString()));
        Assert.Equal("token", settings.RelayToken);
        Assert.Equal(new[] { OwnerA, OwnerB }, settings.Owners.Select(o => o.ToString()));
        Assert.True(settings.ReadingForOwnersOnly);
        Assert.Equal(FanMode.Advantage, settings.AutomaticFanMode);
        Assert.Equal(30000, settings.FanMinOnMs);
        Assert.Equal(0, settings.FanMinOffMs);
        Assert.Equal("dht21", settings.InsideSensor);
        Assert.Equal("none", settings.OutsideSensor);
        Assert.True(settings.HasDisplay);
        Assert.Equal(4433, settings.UdpPort);
        Assert.Equal(3600, settings.RecordSeconds);
        Assert.False(settings.Publish);
        Assert.Equal("https://pkarr.example/put", settings.PublishUrl);
        Assert.True(settings.PublishLan);
    }

    [Theory]
    [InlineData("Sw0rdf1sh", "line 2: is not of the form KEY=VALUE; comments start with #")]
    [InlineData("=Sw0rdf1sh", "line 2: is not of the form KEY=VALUE; comments start with #")]
    [InlineData("SSID=Sw0rdf1sh", "line 2: has an unknown or repeated key; wifi.secrets.example lists all of them")]
    [InlineData("PASSWORD: Sw0rdf1sh=x", "line 2: has an unknown or repeated key; wifi.secrets.example lists all of them")]
    [InlineData("Sw0rdf1sh=x", "line 2: has an unknown or repeated key; wifi.secrets.example lists all of them")]
    [InlineData("password=Sw0rdf1sh", "line 2: has an unknown or repeated key; wifi.secrets.example lists all of them")]
    [InlineData("PASSWORD=Sw0rdf1", "line 2: PASSWORD must be 8 to 63 characters long, or empty for an open network")]
    [InlineData("PASSWORD=Sw0rdf1sh-Sw0rdf1sh-Sw0rdf1sh-Sw0rdf1sh-Sw0rdf1sh-Sw0rdf1sh-1234", "line 2: PASSWORD must be 8 to 63 characters long, or empty for an open network")]
    [InlineData("PASSWORD2=Sw0rdf1sh", "line 2: PASSWORD2 without SSID2: add SSID2 or remove it")]
    [InlineData("SSID2=Sw0rdf1sh-is-a-name-of-33-bytes-xx", "line 2: SSID2 must be 1 to 32 bytes long: the exact name of the network")]
    [InlineData("SECRET_KEY=Sw0rdf1sh", "line 2: SECRET_KEY must be 64 lower-case hex digits or 52 base32 characters; remove it to let the board make one")]
    [InlineData("API_SECRET=Sw0rdf1", "line 2: API_SECRET must have at least 8 characters")]
    [InlineData("RELAY=Sw0rdf1sh", "line 2: RELAY: relay URL has no scheme such as https:")]
    [InlineData("RELAY=http://a/,http://b/,http://c/,http://d/,http://Sw0rdf1sh/", "line 2: RELAY may name at most 4 URLs, separated by commas")]
    [InlineData("OWNERS=Sw0rdf1sh", "line 2: OWNERS: entry 1 is no endpoint id; `irohlite id` prints yours")]
    [InlineData("READING=Sw0rdf1sh", "line 2: READING must be open or owners")]
    [InlineData("FAN_MODE=Sw0rdf1sh", "line 2: FAN_MODE must be threshold or advantage")]
    [InlineData("FAN_MIN_ON_SECONDS=Sw0rdf1sh", "line 2: FAN_MIN_ON_SECONDS must be a whole number from 0 to 3600")]
    [InlineData("FAN_MIN_OFF_SECONDS=3601", "line 2: FAN_MIN_OFF_SECONDS must be a whole number from 0 to 3600")]
    [InlineData("SENSOR_INSIDE=Sw0rdf1sh", "line 2: SENSOR_INSIDE must be dht22, dht21, dht12, dht11 or none")]
    [InlineData("SENSOR_OUTSIDE=DHT22", "line 2: SENSOR_OUTSIDE must be dht22, dht21, dht12, dht11 or none")]
    [InlineData("DISPLAY=Sw0rdf1sh", "line 2: DISPLAY must be none or tm1637")]
    [InlineData("PUBLISH_URL=https://dns.example/pkarr?token=Sw0rdf1sh", "line 2: PUBLISH_URL: a lookup server's address has no query")]
    [InlineData("UDP_PORT=65536", "line 2: UDP_PORT must be a whole number from 0 to 65535")]
    [InlineData("UDP_PORT=-1", "line 2: UDP_PORT must be a whole number from 0 to 65535")]
    [InlineData("RECORD_SECONDS=1", "line 2: RECORD_SECONDS must be a whole number from 2 to 3600")]
    [InlineData("PUBLISH=Sw0rdf1sh", "line 2: PUBLISH must be on or off")]
    [InlineData("PUBLISH_LAN=Sw0rdf1sh", "line 2: PUBLISH_LAN must be off or on")]
    [InlineData("PUBLISH_URL=Sw0rdf1sh", "line 2: PUBLISH_URL: relay URL has no scheme such as https:")]
    public void A_bad_line_is_named_with_its_fix_and_its_value_stays_unsaid(string line, string expected)
    {
        string error = Refuse("SSID=home", line);
        Assert.StartsWith("wifi.secrets " + expected, error);
        Assert.DoesNotContain(Marker[..7], error);
    }

    [Theory]
    [InlineData("PASSWORD=Sw0rdf1sh", "SSID is missing: add a line SSID=<name of your WiFi network>")]
    [InlineData("SSID=", "line 1: SSID must be 1 to 32 bytes long: the exact name of the network")]
    [InlineData("SSID=ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ", "line 1: SSID must be 1 to 32 bytes long: the exact name of the network")]
    public void The_first_network_is_required(string line, string expected) => Assert.Equal("wifi.secrets " + expected, Refuse(line));

    [Fact]
    public void A_ninth_owner_is_refused() =>
        Assert.Equal("wifi.secrets line 2: OWNERS may name at most 8 endpoint ids, separated by commas",
            Refuse("SSID=home", "OWNERS=" + string.Join(",", Enumerable.Repeat(OwnerA, 9))));

    [Fact]
    public void The_second_bad_owner_is_told_from_the_first_good_one() =>
        Assert.Contains("entry 2 is no endpoint id", Refuse("SSID=home", "OWNERS=" + OwnerA + ",nobody"));

    [Fact]
    public void A_board_may_live_without_a_relay() => Assert.Empty(Parse("SSID=home", "RELAY=none").Relays);

    [Fact]
    public void The_first_bad_line_is_the_one_that_is_named() => Assert.Contains("line 3", Refuse("SSID=home", "", "nonsense", "nonsense"));

    [Fact]
    public void The_example_parses_once_the_network_is_filled_in()
    {
        string[] lines = Example().Select(l => l.StartsWith("SSID=", StringComparison.Ordinal) ? "SSID=home" : l).ToArray();
        DeviceSettings settings = Parse(lines);
        Assert.Equal(new[] { "home" }, settings.Ssids);
        Assert.Equal(4, settings.Relays.Length);
    }

    [Fact]
    public void The_example_names_every_key_and_shows_every_default()
    {
        // A commented line of the example taken as it stands is either the default or a placeholder that is refused by name.
        string[] keys = Example().Where(l => System.Text.RegularExpressions.Regex.IsMatch(l, "^#?[A-Z0-9_]+=")).Select(l => l.TrimStart('#').Split('=')[0]).ToArray();
        Assert.Equal(new[] { "API_SECRET", "DISPLAY", "FAN_MIN_OFF_SECONDS", "FAN_MIN_ON_SECONDS", "FAN_MODE", "OWNERS", "PASSWORD", "PASSWORD2", "PUBLISH",
            "PUBLISH_LAN", "PUBLISH_URL", "READING", "RECORD_SECONDS", "RELAY", "RELAY_TOKEN", "SECRET_KEY", "SENSOR_INSIDE", "SENSOR_OUTSIDE", "SSID",
            "SSID2", "UDP_PORT" }, keys.Order(StringComparer.Ordinal));
        string[] shown = Example().Where(l => l.StartsWith('#') && l.Contains('=') && !l.StartsWith("# ", StringComparison.Ordinal))
            .Select(l => l[1..]).Where(l => !l.StartsWith("RELAY=", StringComparison.Ordinal) && !l.StartsWith("SECRET_KEY=", StringComparison.Ordinal)).ToArray();
        DeviceSettings written = Parse(shown.Append("SSID=home").ToArray()), silent = Parse("SSID=home");
        Assert.Equal(silent.FanMinOnMs, written.FanMinOnMs);
        Assert.Equal(silent.FanMinOffMs, written.FanMinOffMs);
        Assert.Equal(silent.AutomaticFanMode, written.AutomaticFanMode);
        Assert.Equal(silent.InsideSensor + silent.OutsideSensor + silent.HasDisplay, written.InsideSensor + written.OutsideSensor + written.HasDisplay);
        Assert.Equal(silent.UdpPort, written.UdpPort);
        Assert.Equal(silent.RecordSeconds, written.RecordSeconds);
        Assert.Equal(silent.Publish + silent.PublishUrl + silent.PublishLan, written.Publish + written.PublishUrl + written.PublishLan);
        Assert.Equal(silent.ReadingForOwnersOnly, written.ReadingForOwnersOnly);
    }

    private static string[] Example() => File.ReadAllLines(Path.Combine(Vectors.RepositoryRoot, "wifi.secrets.example"));

    private static DeviceSettings Parse(params string[] lines)
    {
        Assert.True(DeviceSettings.TryParse(lines, Crypto, out DeviceSettings settings, out string error), error);
        Assert.Null(error);
        return settings;
    }

    private static string Refuse(params string[] lines)
    {
        Assert.False(DeviceSettings.TryParse(lines, Crypto, out DeviceSettings settings, out string error));
        Assert.Null(settings);
        return error;
    }

    private static string Id(byte seed)
    {
        byte[] bytes = new byte[32];
        bytes[0] = seed;
        return SecretKey.FromSeed(bytes, 0, Crypto).Id.ToString();
    }
}
