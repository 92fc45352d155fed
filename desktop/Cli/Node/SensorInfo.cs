namespace IrohLite.Cli.Node;

/// <summary>One fitted sensor as a node describes it.</summary>
internal sealed record SensorInfo(string Place, string Model, long GoodReads, long FailedReads);
