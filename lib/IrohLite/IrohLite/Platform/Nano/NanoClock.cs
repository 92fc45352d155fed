using System;

namespace IrohLite.Platform;

/// <summary>The device's uptime counter.</summary>
public sealed class NanoClock : IClock
{
    /// <summary>Milliseconds since the device started.</summary>
    public long NowMs => Environment.TickCount64;
}
