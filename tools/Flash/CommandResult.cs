using System;
using System.Linq;

namespace IrohLite.Tools.Flash;

/// <summary>How a tool ended and everything it printed.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The last lines that say anything, indented for a message.</summary>
    public string Tail(int lines = 12) => string.Concat(Output.Split('\n').Select(l => l.Split('\r')[^1].TrimEnd()).Where(l => l.Trim().Length > 0)
        .TakeLast(lines).Select(l => Environment.NewLine + "    " + l));
}
