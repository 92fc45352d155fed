using System.Collections.Generic;

namespace IrohLite.Tools.Flash;

/// <summary>Runs other programs.</summary>
internal interface ICommandRunner
{
    /// <summary>Runs a program to its end; throws FlashException when it cannot be started.</summary>
    CommandResult Run(string program, IReadOnlyList<string> arguments, string folder);
}
