using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;

namespace IrohLite.Firmware.Config;

/// <summary>Turns the lines of wifi.secrets into <see cref="DeviceSettings"/>; the first bad line is named with its fix.</summary>
internal sealed class SettingsParser
{
    private const int MaxSsidBytes = 32;
    private const int MaxPasswordChars = 63;

    private readonly string[] _entries;
    private readonly ICryptoProvider _crypto;
    private readonly DeviceSettings _settings = new DeviceSettings();
    private readonly bool[] _used;

    internal SettingsParser(string[] entries, ICryptoProvider crypto)
    {
        _entries = entries;
        _crypto = crypto;
        _used = new bool[entries.Length];
    }

    internal string Error { get; private set; }

    internal DeviceSettings Parse()
    {
        bool parsed = CheckLines() && ReadNetworks() && ReadIdentity() && ReadRelays() && ReadOwners() && ReadFan() && ReadSensors()
            && ReadRest() && CheckUnknown();
        return parsed ? _settings : null;
    }

    private bool CheckLines()
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            string line = _entries[i].Trim();
            if (line.Length == 0 || line[0] == '#') _used[i] = true;
            else if (line.IndexOf('=') <= 0) return Fail(i, "is not of the form KEY=VALUE; comments start with #");
        }

        return true;
    }

    private bool ReadNetworks()
    {
        string first = Take("SSID", null, out int line);
        if (first == null) return Fail("SSID is missing: add a line SSID=<name of your WiFi network>");
        string second = Take("SSID2", "", out int secondLine);
        string firstPassword = Take("PASSWORD", "", out int passwordLine);
        string secondPassword = Take("PASSWORD2", "", out int secondPasswordLine);
        if (!CheckNetwork(line, "SSID", first, passwordLine, "PASSWORD", firstPassword)) return false;
        if (second.Length == 0)
        {
            if (secondPassword.Length != 0) return Fail(secondPasswordLine, "PASSWORD2 without SSID2: add SSID2 or remove it");
            _settings.Ssids = new[] { first };
            _settings.Passwords = new[] { firstPassword };
            return true;
        }

        if (!CheckNetwork(secondLine, "SSID2", second, secondPasswordLine, "PASSWORD2", secondPassword)) return false;
        _settings.Ssids = new[] { first, second };
        _settings.Passwords = new[] { firstPassword, secondPassword };
        return true;
    }

    private bool CheckNetwork(int line, string key, string ssid, int passwordLine, string passwordKey, string password)
    {
        if (ssid.Length == 0 || Text.Utf8.Encode(ssid).Length > MaxSsidBytes)
            return Fail(line, key + " must be 1 to 32 bytes long: the exact name of the network");
        if (password.Length != 0 && (password.Length < 8 || password.Length > MaxPasswordChars))
            return Fail(passwordLine, passwordKey + " must be 8 to 63 characters long, or empty for an open network");
        return true;
    }

    private bool ReadIdentity()
    {
        string text = Take("SECRET_KEY", "", out int line);
        if (text.Length != 0)
        {
            if (!SecretKey.TryParse(text, _crypto, out SecretKey key))
                return Fail(line, "SECRET_KEY must be 64 lower-case hex digits or 52 base32 characters; remove it to let the board make one");
            _settings.SecretKey = key;
        }

        string secret = Take("API_SECRET", "", out int secretLine);
        if (secret.Length > 0 && secret.Length < 8) return Fail(secretLine, "API_SECRET must have at least 8 characters");
        _settings.ApiSecret = secret.Length == 0 ? null : secret;
        return true;
    }

    private bool ReadRelays()
    {
        string list = Take("RELAY", DeviceSettings.DefaultRelays, out int line);
        string[] urls = list == "none" ? new string[0] : list.Split(',');
        if (urls.Length > DeviceSettings.MaxRelays) return Fail(line, "RELAY may name at most 4 URLs, separated by commas");
        _settings.Relays = new RelayUrl[urls.Length];
        for (int i = 0; i < urls.Length; i++)
        {
            if (!RelayUrl.TryParse(urls[i].Trim(), out RelayUrl url, out string why))
                return Fail(line, "RELAY: " + why + "; write for example http://192.168.1.10:3340/, or none for a board that is used on its LAN only");
            _settings.Relays[i] = url;
        }

        string token = Take("RELAY_TOKEN", "", out _);
        _settings.RelayToken = token.Length == 0 ? null : token;
        return true;
    }

    private bool ReadOwners()
    {
        string list = Take("OWNERS", "", out int line);
        string[] ids = list.Length == 0 ? new string[0] : list.Split(',');
        if (ids.Length > OwnerList.MaxOwners) return Fail(line, "OWNERS may name at most 8 endpoint ids, separated by commas");
        _settings.Owners = new EndpointId[ids.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            if (!EndpointId.TryParse(ids[i].Trim(), _crypto, out EndpointId id))
                return Fail(line, "OWNERS: entry " + (i + 1).ToString() + " is no endpoint id; `irohlite id` prints yours");
            _settings.Owners[i] = id;
        }

        if (!TakeChoice("READING", "open", "owners", out bool ownersOnly)) return false;
        _settings.ReadingForOwnersOnly = ownersOnly;
        return true;
    }

    private bool ReadFan()
    {
        if (!TakeChoice("FAN_MODE", "threshold", "advantage", out bool advantage)) return false;
        _settings.AutomaticFanMode = advantage ? FanMode.Advantage : FanMode.Threshold;
        if (!TakeNumber("FAN_MIN_ON_SECONDS", 10, 0, 3600, out int minOn)) return false;
        if (!TakeNumber("FAN_MIN_OFF_SECONDS", 10, 0, 3600, out int minOff)) return false;
        _settings.FanMinOnMs = minOn * 1000L;
        _settings.FanMinOffMs = minOff * 1000L;
        return true;
    }

    private bool ReadSensors()
    {
        _settings.InsideSensor = Take("SENSOR_INSIDE", "dht22", out int insideLine);
        if (!IsSensor(_settings.InsideSensor)) return Fail(insideLine, "SENSOR_INSIDE must be dht22, dht21, dht12, dht11 or none");
        _settings.OutsideSensor = Take("SENSOR_OUTSIDE", "dht22", out int outsideLine);
        if (!IsSensor(_settings.OutsideSensor)) return Fail(outsideLine, "SENSOR_OUTSIDE must be dht22, dht21, dht12, dht11 or none");
        if (!TakeChoice("DISPLAY", "none", "tm1637", out bool display)) return false;
        _settings.HasDisplay = display;
        return true;
    }

    private bool ReadRest()
    {
        if (!TakeNumber("UDP_PORT", 0, 0, 65535, out int port)) return false;
        if (!TakeNumber("RECORD_SECONDS", 60, 2, 3600, out int seconds)) return false;
        if (!TakeChoice("PUBLISH", "on", "off", out bool publishOff)) return false;
        if (!TakeChoice("PUBLISH_LAN", "off", "on", out bool publishLan)) return false;
        string url = Take("PUBLISH_URL", "https://dns.iroh.link/pkarr", out int line);
        if (!PkarrServer.TryParse(url, out _, out string why)) return Fail(line, "PUBLISH_URL: " + why);
        _settings.UdpPort = port;
        _settings.RecordSeconds = seconds;
        _settings.Publish = !publishOff;
        _settings.PublishLan = publishLan;
        _settings.PublishUrl = url;
        return true;
    }

    private bool CheckUnknown()
    {
        for (int i = 0; i < _entries.Length; i++)
            if (!_used[i]) return Fail(i, "has an unknown or repeated key; wifi.secrets.example lists all of them");
        return true;
    }

    private static bool IsSensor(string name) =>
        name == "dht22" || name == "dht21" || name == "dht12" || name == "dht11" || name == "none";

    private bool TakeChoice(string key, string standard, string other, out bool isOther)
    {
        string value = Take(key, standard, out int line);
        isOther = value == other;
        return isOther || value == standard || Fail(line, key + " must be " + standard + " or " + other);
    }

    private bool TakeNumber(string key, int standard, int min, int max, out int value)
    {
        string text = Take(key, standard.ToString(), out int line);
        return (int.TryParse(text, out value) && value >= min && value <= max)
            || Fail(line, key + " must be a whole number from " + min.ToString() + " to " + max.ToString());
    }

    private string Take(string key, string standard, out int line)
    {
        for (int i = 0; i < _entries.Length; i++)
        {
            if (_used[i] || KeyOf(_entries[i]) != key) continue;
            _used[i] = true;
            line = i;
            string entry = _entries[i].Trim();
            return entry.Substring(entry.IndexOf('=') + 1).Trim();
        }

        line = -1;
        return standard;
    }

    private static string KeyOf(string entry)
    {
        int at = entry.IndexOf('=');
        return at < 0 ? entry.Trim() : entry.Substring(0, at).Trim();
    }

    private bool Fail(int line, string what) => Fail(line < 0 ? what : "line " + (line + 1).ToString() + ": " + what);

    private bool Fail(string what)
    {
        Error = "wifi.secrets " + what;
        return false;
    }
}
