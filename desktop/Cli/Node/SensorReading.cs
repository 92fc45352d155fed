namespace IrohLite.Cli.Node;

/// <summary>One sensor of a node: its last good value with age and quality, and the newest fault.</summary>
internal sealed record SensorReading(string Place, string Quality, string Fault, double? Temperature, double? Humidity, double? AgeSeconds);
