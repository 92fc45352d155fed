namespace IrohLite.Tools.Flash;

/// <summary>What the user asked for.</summary>
internal sealed record FlashRequest(string Board, string Port)
{
    /// <summary>Speed of the transfer; the board's own when null.</summary>
    public int? Baud { get; init; }

    /// <summary>Image of the runtime (nanoCLR.bin) to write first; null leaves the one on the board.</summary>
    public string? ClrImage { get; init; }

    /// <summary>Erase the whole flash first, the board's key included.</summary>
    public bool Erase { get; init; }

    /// <summary>Say what would be run, and run nothing.</summary>
    public bool WhatIf { get; init; }
}
