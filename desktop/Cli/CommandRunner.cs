using System;
using System.CommandLine;
using System.Text.Json.Nodes;
using IrohLite.Desktop;
using IrohLite.Quic;

namespace IrohLite.Cli;

/// <summary>Runs a command's body: what it returns is the JSON result, what it throws becomes a message and exit code 1.</summary>
internal static class CommandRunner
{
    /// <summary>Gives a command its body. The body prints for people unless JSON is asked for, and returns the JSON object.</summary>
    internal static void Set(Command command, CommonOptions common, Streams streams, Func<ParseResult, JsonObject> body)
    {
        command.SetAction(parsed =>
        {
            bool isJson = common.IsJson(parsed);
            try
            {
                JsonObject result = body(parsed);
                result.Insert(0, "ok", true);
                if (isJson) streams.Output.WriteLine(result.ToJsonString());
                return 0;
            }
            catch (Exception) when (Dialer.StopCode != 0)
            {
                return Dialer.StopCode;
            }
            catch (UserException e)
            {
                return Fail(streams, isJson, e.Error, e.Message, null);
            }
            catch (Exception e) when (e is not IrohException)
            {
                return Fail(streams, isJson, "internal", "something went wrong that should not: " + e.Message + " (" + e.GetType().Name + "). Please report it", null);
            }
            catch (IrohException e)
            {
                return Fail(streams, isJson, IrohError.Text(e.Error), e.Message, e.Close);
            }
        });
    }

    private static int Fail(Streams streams, bool isJson, string error, string message, QuicCloseInfo? close)
    {
        streams.Error.WriteLine("error: " + message);
        if (!isJson) return 1;
        JsonObject result = new() { ["ok"] = false, ["error"] = error, ["message"] = message };
        if (close != null) result["close"] = new JsonObject { ["kind"] = close.Kind, ["code"] = close.Code, ["reason"] = close.Reason };
        streams.Output.WriteLine(result.ToJsonString());
        return 1;
    }
}
