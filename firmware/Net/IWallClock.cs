namespace IrohLite.Firmware.Net;

/// <summary>The wall clock: for certificates, records and publishing only, never for timers, because it steps.</summary>
public interface IWallClock
{
    /// <summary>True once a time server has answered.</summary>
    bool IsSet { get; }

    /// <summary>Seconds since 1970; small before the first sync.</summary>
    long UnixSeconds { get; }

    /// <summary>Starts asking the time servers.</summary>
    void StartSync();
}
