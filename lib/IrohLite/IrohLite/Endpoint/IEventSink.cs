using IrohLite.Quic;

namespace IrohLite;

/// <summary>Receives the events of the core and of the relays, inside a turn.</summary>
internal interface IEventSink
{
    /// <summary>The event object is reused after the call.</summary>
    void OnEvent(QuicEvent evt, long nowMs);

    /// <summary>A relay lets datagrams through, perhaps after a gap.</summary>
    void OnRelayOnline(RelayLink link);
}
