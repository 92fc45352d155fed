using System.Text.Json.Nodes;
using IrohLite.Diagnostics;

namespace IrohLite.Interop;

/// <summary>Log lines as events.</summary>
internal sealed class EventLog(Answers answers) : ILogSink
{
    public void Write(int level, string area, string message) =>
        answers.Event("log", new JsonObject { ["level"] = level, ["area"] = area, ["message"] = message });
}
