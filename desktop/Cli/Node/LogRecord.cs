namespace IrohLite.Cli.Node;

/// <summary>One record of a node's log.</summary>
internal sealed record LogRecord(long Id, long UnixSeconds, double? InsideTemperature, double? InsideHumidity, double? OutsideTemperature,
    double? OutsideHumidity, bool IsFanOn);
