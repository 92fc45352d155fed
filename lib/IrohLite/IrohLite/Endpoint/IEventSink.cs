using IrohLite.Quic;

namespace IrohLite;

/// <summary>Receives the core's events, inside a turn.</summary>
internal interface IEventSink
{
    /// <summary>The event object is reused after the call.</summary>
    void OnEvent(QuicEvent evt, long nowMs);
}
