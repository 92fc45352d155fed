using System.IO;

namespace IrohLite.Cli;

/// <summary>Where a command writes.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Errors, warnings and progress.</param>
internal sealed record Streams(TextWriter Output, TextWriter Error);
