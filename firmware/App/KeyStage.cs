using IrohLite.Buffers;
using IrohLite.Firmware.Config;
using IrohLite.Identity;
using IrohLite.Text;

namespace IrohLite.Firmware;

/// <summary>The key stage: the secret key and the smart-fan protocol's secret, configured, stored, or made now. Runs after the radio is on.</summary>
internal sealed class KeyStage
{
    private const int ApiSecretBytes = 8;

    private readonly NodeContext _context;

    internal KeyStage(NodeContext context)
    {
        _context = context;
    }

    internal SecretKey Run()
    {
        LoadApiSecret();
        if (_context.Settings.SecretKey != null) return _context.Settings.SecretKey;

        DevicePlatform platform = _context.Platform;
        byte[] seed = new byte[KeyStore.KeyBytes];
        int origin = new KeyStore(platform.Blobs, platform.Slots).LoadOrCreate(seed, platform.Random);
        SecretKey key = SecretKey.FromSeed(seed, 0, platform.Crypto);
        Bytes.Wipe(seed, 0, seed.Length);
        string line = Announcement(origin);
        if (line != null) platform.Serial.WriteLine(line);
        return key;
    }

    private static string Announcement(int origin)
    {
        switch (origin)
        {
            case KeyOrigin.Generated: return "Generated a new node identity and stored it in flash";
            case KeyOrigin.Replaced: return "WARNING: the stored node identity was lost; a new one was generated: old tickets no longer work";
            case KeyOrigin.Unsaved: return "WARNING: flash refused the node identity; it will change at the next boot";
            default: return null;
        }
    }

    private void LoadApiSecret()
    {
        if (_context.Settings.ApiSecret != null)
        {
            _context.ApiSecret = _context.Settings.ApiSecret;
            return;
        }

        DevicePlatform platform = _context.Platform;
        SlotRecord record = new SlotRecord(platform.Slots, "api");
        byte[] secret = new byte[ApiSecretBytes];
        if (record.Read(secret, ApiSecretBytes) != ApiSecretBytes)
        {
            platform.Random.Fill(secret, 0, ApiSecretBytes);
            platform.Serial.WriteLine(record.Write(secret, ApiSecretBytes)
                ? "Generated a new fan API secret and stored it in flash"
                : "WARNING: flash refused the fan API secret; it will change at the next boot");
        }

        _context.ApiSecret = Hex.Encode(secret, 0, ApiSecretBytes);
        platform.Serial.WriteLine("  Fan API secret: " + _context.ApiSecret);
    }
}
