namespace IrohLite.Platform;

/// <summary>The uptime clock: never steps, unlike the wall clock.</summary>
public interface IClock
{
    /// <summary>Milliseconds since some fixed moment, never decreasing.</summary>
    long NowMs { get; }
}
