using IrohLite.Crypto;

namespace IrohLite.Portable;

/// <summary>Repeatable pseudo-random numbers (xorshift) for tests and the endpoints in them.</summary>
internal sealed class TestRandom : IRandomSource
{
    private uint _state;

    public TestRandom(int seed)
    {
        _state = (uint)seed * 2654435761 + 12345;
    }

    public int Below(int bound)
    {
        return (int)(Next() % (uint)bound);
    }

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++) buffer[offset + i] = (byte)(Next() >> 13);
    }

    private uint Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return _state;
    }
}
