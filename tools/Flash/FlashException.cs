using System;

namespace IrohLite.Tools.Flash;

/// <summary>Flashing cannot go on. The message says why and what to do.</summary>
internal sealed class FlashException(string message) : Exception(message);
