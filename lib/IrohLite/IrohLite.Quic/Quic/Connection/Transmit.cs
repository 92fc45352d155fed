namespace IrohLite.Quic;

/// <summary>Where the datagram of one <see cref="QuicDemux.PollTransmit"/> call goes: the same bytes to each of the paths.</summary>
public sealed class Transmit
{
    /// <summary>Creates an object that can serve every call.</summary>
    public Transmit() => Paths = new PathAddress[Limits.CandidatePaths];

    /// <summary>The addresses; the first <see cref="PathCount"/> entries are valid.</summary>
    public PathAddress[] Paths { get; }

    /// <summary>How many addresses: 1, or more while a dialer waits for its first answer.</summary>
    public int PathCount { get; internal set; }

    internal void SetSingle(PathAddress path)
    {
        Paths[0] = path;
        PathCount = 1;
    }
}
