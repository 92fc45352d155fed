using IrohLite.Firmware.Config;
using IrohLite.Identity;
using IrohLite.Protocols;
using IrohLite.Tickets;

namespace IrohLite.Firmware.Services;

/// <summary>Serves <c>irohlite/node/0</c>: who may do what, and what is done. The bytes are in <see cref="NodeCodec"/>.</summary>
public sealed class NodeService : IIrpcService
{
    /// <summary>Longest auto-off time of a switch command, in seconds: a week.</summary>
    public const long MaxAutoOffSeconds = 604800;

    private const int SwitchOff = 0;
    private const int SwitchOn = 1;
    private const int SwitchAutomatic = 2;

    private readonly NodeContext _context;
    private readonly RefusalLimiter _refusals;
    private readonly NodeDescription _description;

    /// <summary>Serves the node; refusals count in the board's limiter.</summary>
    public NodeService(NodeContext context, RefusalLimiter refusals)
    {
        _context = context;
        _refusals = refusals;
        _description = new NodeDescription(context);
    }

    /// <inheritdoc />
    public bool Answer(IrohConnection connection, PostcardReader request, IrpcAnswer answer)
    {
        if (!NodeCodec.TryReadRequest(request, out int number)) return false;
        PostcardWriter payload = number <= NodeRequest.Readings
            ? Read(number, connection.RemoteId)
            : Control(number, request, connection.RemoteId);
        if (payload == null) return false;
        answer.SendLast(payload);
        return true;
    }

    private PostcardWriter Read(int number, EndpointId id)
    {
        bool isOwner = _context.Owners.Contains(id);
        if (_context.OwnerSettings.ReadingForOwnersOnly && !isOwner)
            return NodeCodec.Refusal(NodeOutcome.NotAllowed, "reading is for owners only");
        return number == NodeRequest.Describe ? _description.Describe(isOwner) : _description.Readings();
    }

    private PostcardWriter Control(int number, PostcardReader request, EndpointId id)
    {
        long nowMs = _context.Platform.Clock.NowMs;
        long waitMs = _refusals.WaitMs(nowMs);
        if (waitMs > 0)
        {
            PostcardWriter limited = new PostcardWriter();
            limited.WriteInteger(NodeOutcome.RateLimited);
            limited.WriteInteger(waitMs);
            return limited;
        }

        if (!_context.Owners.Contains(id))
        {
            _refusals.Note(nowMs);
            string reason = _context.Owners.Count == 0 ? "no owner is configured" : "this endpoint id is not an owner";
            _context.Platform.Serial.WriteLine("rejected control request of " + id.ToShortString() + ": " + reason);
            return NodeCodec.Refusal(NodeOutcome.NotAllowed, reason);
        }

        switch (number)
        {
            case NodeRequest.SetSwitch: return SetSwitch(request, nowMs);
            case NodeRequest.GetSettings: return GetSettings();
            case NodeRequest.SetSetting: return SetSetting(request, nowMs);
            default: return ChangeOwners(number, request);
        }
    }

    private PostcardWriter SetSwitch(PostcardReader request, long nowMs)
    {
        if (!NodeCodec.TryReadSetSwitch(request, out int mode, out long autoOffSeconds, out string reason)) return null;
        if (mode > SwitchAutomatic) return NodeCodec.Refusal(NodeOutcome.Invalid, "mode: 0 off, 1 on, 2 automatic");
        if (autoOffSeconds > MaxAutoOffSeconds) return NodeCodec.Refusal(NodeOutcome.Invalid, "auto_off_seconds: at most 604800");

        SensorSampler sampler = _context.Sampler;
        lock (sampler.SyncRoot)
        {
            if (mode == SwitchAutomatic) sampler.Fan.SetAutomatic(sampler.Inside, sampler.Outside, nowMs);
            else sampler.Fan.SetManual(mode == SwitchOn, autoOffSeconds * 1000, reason.Length == 0 ? "owner" : reason, nowMs);
        }

        _context.Platform.Serial.WriteLine(mode == SwitchOff ? "switch off via API" : mode == SwitchOn ? "switch on via API" : "switch automatic via API");
        return _description.Readings();
    }

    private PostcardWriter GetSettings()
    {
        PostcardWriter writer = Ok();
        string[] keys = OwnerSettings.Keys();
        writer.WriteInteger(keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            writer.WriteString(keys[i]);
            writer.WriteString(_context.OwnerSettings.Get(keys[i]));
        }

        return writer;
    }

    private PostcardWriter SetSetting(PostcardReader request, long nowMs)
    {
        if (!NodeCodec.TryReadSetSetting(request, out string key, out string value)) return null;
        string refusal = _context.OwnerSettings.Set(key, value, out bool stored);
        if (refusal != null) return NodeCodec.Refusal(NodeOutcome.Invalid, refusal);
        if (key == "threshold")
        {
            SensorSampler sampler = _context.Sampler;
            float celsius = _context.OwnerSettings.ThresholdTenths / 10f;
            lock (sampler.SyncRoot) sampler.Fan.SetThreshold(celsius, sampler.Inside, sampler.Outside, nowMs);
        }

        return stored ? Ok() : NodeCodec.Refusal(NodeOutcome.Failed, "set until the next boot, but flash refused to keep it");
    }

    private PostcardWriter ChangeOwners(int number, PostcardReader request)
    {
        if (!NodeCodec.TryReadId(request, out EndpointId id)) return null;
        string failure = number == NodeRequest.RemoveOwner ? _context.Owners.Remove(id) : _context.Owners.Add(id);
        return failure == null ? Ok() : NodeCodec.Refusal(NodeOutcome.Failed, failure);
    }

    private static PostcardWriter Ok()
    {
        PostcardWriter writer = new PostcardWriter();
        writer.WriteInteger(NodeOutcome.Ok);
        return writer;
    }
}
