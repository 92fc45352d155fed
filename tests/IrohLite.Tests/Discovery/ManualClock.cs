using IrohLite.Platform;

namespace IrohLite.Tests.Discovery;

/// <summary>Uptime that a test moves.</summary>
internal sealed class ManualClock : IClock
{
    public long NowMs { get; set; } = 1_000_000;
}
