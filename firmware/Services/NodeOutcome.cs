namespace IrohLite.Firmware.Services;

/// <summary>First number of every answer of <c>irohlite/node/0</c> (docs/wire/node.md).</summary>
public static class NodeOutcome
{
    /// <summary>Done; the value follows.</summary>
    public const int Ok = 0;

    /// <summary>This endpoint id may not do that; a reason follows.</summary>
    public const int NotAllowed = 1;

    /// <summary>Too many refusals lately; the milliseconds to wait follow.</summary>
    public const int RateLimited = 2;

    /// <summary>A field has a value that is not accepted; a reason follows.</summary>
    public const int Invalid = 3;

    /// <summary>The board could not do it; a reason follows.</summary>
    public const int Failed = 4;
}
