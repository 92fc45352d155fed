namespace IrohLite.Quic;

/// <summary>Counts of one connection.</summary>
internal sealed class ConnectionStatistics
{
    public long BytesSent;
    public long BytesReceived;
    public long PacketsSent;
    public long PacketsReceived;
}
