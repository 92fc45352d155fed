namespace IrohLite.Tools.Flash;

/// <summary>Whether the module carries PSRAM. nanoff reads it from the start-up text of the runtime on the board, if there is one.</summary>
internal enum PsramState
{
    Undetermined,
    Yes,
    No,
}
