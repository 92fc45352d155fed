using System.Collections.Generic;

namespace IrohLite.Cli.Node;

/// <summary>What a node is and how it does.</summary>
internal sealed record NodeDescription(string Model, string Firmware, string Board, long UptimeSeconds, string ResetReason, long BootCount, long HeapFree,
    long HeapTotal, string? Relay, int? SignalDbm, long? UnixSeconds, bool IsSafeMode, bool YouAreOwner, IReadOnlyList<SensorInfo> Sensors);
