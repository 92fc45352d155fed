using IrohLite.Crypto;

namespace IrohLite.Tests.Relay;

/// <summary>0, 1, 2, … : not random at all, so that outputs can be written down.</summary>
internal sealed class CountingRandom : IRandomSource
{
    private byte _next;

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++) buffer[offset + i] = _next++;
    }
}
