using IrohLite.Text;

namespace IrohLite.Firmware.Config;

/// <summary>The settings an owner can change over the wire; they are kept in flash and win over wifi.secrets.</summary>
public sealed class OwnerSettings
{
    /// <summary>Lowest threshold in tenths of a degree.</summary>
    public const int MinThresholdTenths = 100;

    /// <summary>Highest threshold in tenths of a degree.</summary>
    public const int MaxThresholdTenths = 500;

    private readonly SlotRecord _record;
    private readonly object _lock = new object();
    private bool _readingForOwnersOnly;
    private bool _publish;
    private int _thresholdTenths = 250;

    /// <summary>Starts with the configured values and loads the stored ones over them.</summary>
    public OwnerSettings(DeviceSettings configured, ISlotStorage storage)
    {
        _readingForOwnersOnly = configured.ReadingForOwnersOnly;
        _publish = configured.Publish;
        _record = new SlotRecord(storage, "settings");
        Load();
    }

    /// <summary>True when only owners may read.</summary>
    public bool ReadingForOwnersOnly => _readingForOwnersOnly;

    /// <summary>True when the relay address is published.</summary>
    public bool Publish => _publish;

    /// <summary>The fan's threshold in tenths of a degree.</summary>
    public int ThresholdTenths => _thresholdTenths;

    /// <summary>Names of all settings, in the order they are listed.</summary>
    public static string[] Keys() => new[] { "reading", "threshold", "publish" };

    /// <summary>Value of a setting as text; null for an unknown key.</summary>
    public string Get(string key)
    {
        switch (key)
        {
            case "reading": return _readingForOwnersOnly ? "owners" : "open";
            case "publish": return _publish ? "on" : "off";
            case "threshold": return (_thresholdTenths / 10).ToString() + "." + (_thresholdTenths % 10).ToString();
            default: return null;
        }
    }

    /// <summary>Changes a setting and stores all; returns null, or what is accepted. <paramref name="stored"/> tells whether flash took it.</summary>
    public string Set(string key, string value, out bool stored)
    {
        lock (_lock)
        {
            stored = false;
            string refusal = Apply(key, value);
            if (refusal == null) stored = Save();
            return refusal;
        }
    }

    private string Apply(string key, string value)
    {
        switch (key)
        {
            case "reading":
                if (value != "open" && value != "owners") return "reading: open or owners";
                _readingForOwnersOnly = value == "owners";
                return null;
            case "publish":
                if (value != "on" && value != "off") return "publish: on or off";
                _publish = value == "on";
                return null;
            case "threshold":
                if (!TryTenths(value, out int tenths)) return "threshold: 10.0 to 50.0 with at most one decimal";
                _thresholdTenths = tenths;
                return null;
            default:
                return "no such setting; known are reading, threshold and publish";
        }
    }

    private static bool TryTenths(string text, out int tenths)
    {
        tenths = 0;
        int point = text.IndexOf('.');
        string whole = point < 0 ? text : text.Substring(0, point);
        string part = point < 0 ? "0" : text.Substring(point + 1);
        if (part.Length != 1 || whole.Length != 2 || !int.TryParse(whole + part, out tenths)) return false;
        return tenths >= MinThresholdTenths && tenths <= MaxThresholdTenths;
    }

    private bool Save()
    {
        byte[] payload = Utf8.Encode(Get("reading") + "\n" + Get("publish") + "\n" + Get("threshold"));
        return _record.Write(payload, payload.Length);
    }

    private void Load()
    {
        byte[] payload = new byte[64];
        int length = _record.Read(payload, payload.Length);
        if (length <= 0 || !Utf8.TryDecode(payload, 0, length, out string text)) return;
        string[] lines = text.Split('\n');
        if (lines.Length != 3) return;
        Apply("reading", lines[0]);
        Apply("publish", lines[1]);
        Apply("threshold", lines[2]);
    }
}
