using IrohLite.Identity;

namespace IrohLite.Firmware.Net;

/// <summary>Announces the node's address, so that its short ticket can be dialled. Never blocks the caller.</summary>
public interface INodePublisher
{
    /// <summary>The state for people.</summary>
    string Status { get; }

    /// <summary>True while the newest address is announced.</summary>
    bool IsPublished { get; }

    /// <summary>Tells the current address; null = nothing to announce (no relay, clock not set, or switched off).</summary>
    void Update(SecretKey key, EndpointAddr addr);
}
