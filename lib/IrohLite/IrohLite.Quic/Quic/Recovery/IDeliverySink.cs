namespace IrohLite.Quic;

/// <summary>Learns the fate of sent packets; the packet's records can be read during the call.</summary>
internal interface IDeliverySink
{
    /// <summary>The peer has the packet.</summary>
    void OnPacketAcked(int space, SentPacketLog log, int slot);

    /// <summary>The packet is taken for lost, or a probe shall repeat it: what it carried must be sent again.</summary>
    void OnPacketLost(int space, SentPacketLog log, int slot);
}
