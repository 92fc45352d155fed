using IrohLite.Buffers;
using IrohLite.Relay;

namespace IrohLite.Portable;

/// <summary>Keeps the last datagram that a relay session hands up.</summary>
internal sealed class TestRelaySink : IRelaySink
{
    public int Datagrams { get; private set; }

    public byte[] Source { get; private set; }

    public byte[] Last { get; private set; }

    public void OnDatagram(byte[] source, int sourceOffset, byte[] buffer, int offset, int count)
    {
        Datagrams++;
        Source = Bytes.Slice(source, sourceOffset, 32);
        Last = Bytes.Slice(buffer, offset, count);
    }

    public void OnEndpointGone(byte[] id, int offset)
    {
    }

    public void OnStatus(int code)
    {
    }
}
