using System.Collections.Generic;

namespace IrohLite.Cli.Node;

/// <summary>Sensors and switch at one moment; the switch is null where the node speaks only upstream's protocol.</summary>
internal sealed record NodeReadings(IReadOnlyList<SensorReading> Sensors, SwitchState? Switch);
