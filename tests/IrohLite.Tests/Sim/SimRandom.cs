using IrohLite.Crypto;

namespace IrohLite.Tests.Sim;

/// <summary>Repeatable pseudo-random numbers (xorshift) for both the simulation and the endpoints in it.</summary>
internal sealed class SimRandom : IRandomSource
{
    private ulong _state;

    public SimRandom(ulong seed) => _state = seed * 0x9E3779B97F4A7C15UL + 0x1234567UL;

    public ulong Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        return _state * 0x2545F4914F6CDD1DUL;
    }

    public double NextDouble() => (Next() >> 11) / (double)(1UL << 53);

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++) buffer[offset + i] = (byte)(Next() >> 32);
    }
}
