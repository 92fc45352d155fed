using System.Collections.Generic;

namespace IrohLite.Cli.Node;

/// <summary>One sensor of a node: its last good value with age and quality, and the newest fault.</summary>
internal sealed record SensorReading(string Place, string Quality, string Fault, double? Temperature, double? Humidity, double? AgeSeconds);

/// <summary>The fan's switch of a node.</summary>
internal sealed record SwitchState(bool IsOn, string Mode, string Reason, double Threshold, double? ManualRemainingSeconds);

/// <summary>Sensors and switch at one moment; the switch is null where the node speaks only upstream's protocol.</summary>
internal sealed record NodeReadings(IReadOnlyList<SensorReading> Sensors, SwitchState? Switch);

/// <summary>One record of a node's log.</summary>
internal sealed record LogRecord(long Id, long UnixSeconds, double? InsideTemperature, double? InsideHumidity, double? OutsideTemperature,
    double? OutsideHumidity, bool IsFanOn);

/// <summary>One fitted sensor as a node describes it.</summary>
internal sealed record SensorInfo(string Place, string Model, long GoodReads, long FailedReads);

/// <summary>What a node is and how it does.</summary>
internal sealed record NodeDescription(string Model, string Firmware, string Board, long UptimeSeconds, string ResetReason, long BootCount, long HeapFree,
    long HeapTotal, string? Relay, int? SignalDbm, long? UnixSeconds, bool IsSafeMode, bool YouAreOwner, IReadOnlyList<SensorInfo> Sensors);
