namespace NanoSurface.Rules;

/// <summary>
/// Limits of the metadata processor and the v1 CLR, each with some room below the measured edge
/// (255 of a kind per type, 255 locals, 64 KB of IL and of array data per assembly, 786,000 bytes per array).
/// </summary>
internal static class Limits
{
    public const int Locals = 240;
    public const int MethodsOfAKind = 250;
    public const int Fields = 250;
    public const int SwitchCases = 250;
    public const int MethodBytes = 32000;
    public const int AssemblyIlBytes = 56 * 1024;
    public const int AssemblyDataBytes = 56 * 1024;
    public const int AssemblyStringBytes = 56 * 1024;
    public const int ArrayBytes = 786000;
    public const int ArrayReferences = 60000;
    public const int DeployedPeBytes = 300 * 1024;
}
