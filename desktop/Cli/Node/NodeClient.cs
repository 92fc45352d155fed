using System;
using System.Collections.Generic;
using IrohLite.Desktop;
using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Services;
using IrohLite.Tickets;

namespace IrohLite.Cli.Node;

/// <summary>Asks a node over <c>irohlite/node/0</c> (docs/wire/node.md).</summary>
internal sealed class NodeClient(IrohConnection connection, int timeoutMs)
{
    private static readonly string[] s_modes = ["threshold", "humidity", "manual"];

    internal NodeReadings Readings() => ReadReadings(Ask(Request(NodeRequest.Readings)));

    internal NodeReadings SetSwitch(int mode, long autoOffSeconds, string reason)
    {
        PostcardWriter request = Request(NodeRequest.SetSwitch);
        request.WriteByte(mode);
        request.WriteInteger(autoOffSeconds);
        request.WriteString(reason);
        return ReadReadings(Ask(request));
    }

    internal NodeDescription Describe()
    {
        Fields f = new(Ask(Request(NodeRequest.Describe)));
        string model = f.Text(), firmware = f.Text(), board = f.Text();
        long uptime = f.Number();
        string reset = ResetReason.NameOf(f.Byte());
        long boots = f.Number(), heapFree = f.Number(), heapTotal = f.Number();
        string? relay = f.Flag() ? f.Text() : null;
        f.Flag();
        int? signal = f.Flag() ? f.Signed() : null;
        long? unix = f.Flag() ? f.Number() : null;
        bool safeMode = f.Flag(), owner = f.Flag();
        List<SensorInfo> sensors = [];
        for (long i = f.Number(); i > 0; i--) sensors.Add(new SensorInfo(Place(f.Byte()), f.Text(), f.Number(), f.Number()));
        return new NodeDescription(model, firmware, board, uptime, reset, boots, heapFree, heapTotal, relay, signal, unix, safeMode, owner, sensors);
    }

    private static NodeReadings ReadReadings(PostcardReader answer)
    {
        Fields f = new(answer);
        List<SensorReading> sensors = [];
        for (long i = f.Number(); i > 0; i--)
        {
            string place = Place(f.Byte()), quality = ReadingQuality.NameOf(f.Byte()), fault = SensorFault.NameOf(f.Byte());
            if (!f.Flag()) sensors.Add(new SensorReading(place, quality, fault, null, null, null));
            else
            {
                double age = f.Number() / 1000.0, temperature = f.Signed() / 10.0, humidity = f.Number() / 10.0;
                sensors.Add(new SensorReading(place, quality, fault, temperature, humidity, age));
            }
        }

        bool on = f.Flag();
        int mode = f.Byte();
        string reason = f.Text();
        double threshold = f.Number() / 10.0;
        double? remaining = f.Flag() ? f.Number() / 1000.0 : null;
        return new NodeReadings(sensors, new SwitchState(on, mode < s_modes.Length ? s_modes[mode] : "mode " + mode, reason, threshold, remaining));
    }

    private static string Place(int number) => number switch { 0 => "inside", 1 => "outside", _ => "place " + number };

    private static PostcardWriter Request(int number)
    {
        PostcardWriter request = new();
        request.WriteInteger(number);
        return request;
    }

    private PostcardReader Ask(PostcardWriter request)
    {
        PostcardReader answer = IrpcCall.Ask(connection, request, timeoutMs);
        Fields f = new(answer);
        switch (f.Number())
        {
            case NodeOutcome.Ok: return answer;
            case NodeOutcome.NotAllowed:
                throw new UserException("not-allowed", "the node refused: " + f.Text() + ". Its owner can add this id: use --secret-file to keep yours, `irohlite id` shows it");
            case NodeOutcome.RateLimited:
                throw new UserException("rate-limited", $"the node hears no commands for {Math.Ceiling(f.Number() / 1000.0)} s, because too many were refused");
            case NodeOutcome.Invalid: throw new UserException("invalid", "the node did not accept this: " + f.Text());
            case NodeOutcome.Failed: throw new UserException("failed", "the node could not do it: " + f.Text());
            default: throw new UserException("bad-answer", "the node gave an answer this version does not know");
        }
    }
}
