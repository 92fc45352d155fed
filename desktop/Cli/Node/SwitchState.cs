namespace IrohLite.Cli.Node;

/// <summary>The fan's switch of a node.</summary>
internal sealed record SwitchState(bool IsOn, string Mode, string Reason, double Threshold, double? ManualRemainingSeconds);
