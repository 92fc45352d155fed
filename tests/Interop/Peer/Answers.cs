using System;
using System.IO;
using System.Text.Json.Nodes;
using IrohLite.Quic;

namespace IrohLite.Interop;

/// <summary>Writes answers and events, one JSON object per line.</summary>
internal sealed class Answers(Stream output)
{
    private readonly StreamWriter _writer = new(output) { AutoFlush = true, NewLine = "\n" };

    internal void Success(JsonNode? seq, JsonObject result)
    {
        result["seq"] = seq?.DeepClone();
        result["ok"] = true;
        Write(result);
    }

    internal void Failure(JsonNode? seq, Exception failure)
    {
        JsonObject result = new() { ["seq"] = seq?.DeepClone(), ["ok"] = false, ["message"] = failure.Message };
        if (failure is IrohException iroh)
        {
            result["error"] = IrohError.Text(iroh.Error);
            result["code"] = iroh.Code;
            if (iroh.Close != null) result["close"] = CloseOf(iroh.Close);
        }
        else
        {
            result["error"] = failure is Desktop.UserException ? "user" : "exception";
            result["detail"] = failure.ToString();
        }

        Write(result);
    }

    internal void Event(string name, JsonObject content)
    {
        content["event"] = name;
        Write(content);
    }

    internal static JsonObject CloseOf(QuicCloseInfo close) => new()
    {
        ["kind"] = KindOf(close.Kind),
        ["code"] = close.Code,
        ["reason"] = close.Reason,
    };

    private static string KindOf(int kind) => kind switch
    {
        QuicCloseKind.LocalApplication => "local-application",
        QuicCloseKind.RemoteApplication => "remote-application",
        QuicCloseKind.LocalTransport => "local-transport",
        QuicCloseKind.RemoteTransport => "remote-transport",
        QuicCloseKind.IdleTimeout => "idle-timeout",
        QuicCloseKind.StatelessReset => "stateless-reset",
        QuicCloseKind.VersionMismatch => "version-mismatch",
        _ => "none",
    };

    private void Write(JsonObject line)
    {
        string text = line.ToJsonString();
        lock (_writer) _writer.WriteLine(text);
    }
}
