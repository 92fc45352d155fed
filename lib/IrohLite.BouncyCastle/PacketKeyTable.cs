using System;
using IrohLite.Buffers;

namespace IrohLite.Crypto;

/// <summary>
/// The packet keys of a provider that has no native table: derivation, generations and packet protection (RFC 9001 section 5) over a few
/// primitives that the provider fills in. Slots and buffers are allocated once. A handle is slot + 1.
/// </summary>
internal abstract class PacketKeyTable
{
    private const int Generations = 3;
    private const int IvSizeBytes = 12;
    private const int SecretSizeBytes = 32;
    private const int KeySizeBytes = 16;
    private const int TagSizeBytes = 16;
    private const int SampleSizeBytes = 16;

    // "tls13 quic key", "tls13 quic iv", "tls13 quic hp" and "tls13 quic ku" (RFC 9001 sections 5.1 and 6.1).
    private static readonly byte[] KeyLabel = { 116, 108, 115, 49, 51, 32, 113, 117, 105, 99, 32, 107, 101, 121 };
    private static readonly byte[] IvLabel = { 116, 108, 115, 49, 51, 32, 113, 117, 105, 99, 32, 105, 118 };
    private static readonly byte[] HeaderLabel = { 116, 108, 115, 49, 51, 32, 113, 117, 105, 99, 32, 104, 112 };
    private static readonly byte[] UpdateLabel = { 116, 108, 115, 49, 51, 32, 113, 117, 105, 99, 32, 107, 117 };

    private readonly ICryptoProvider _crypto;
    private readonly bool[] _isUsed;
    private readonly bool[] _isUpdatable;
    private readonly bool[] _hasPrevious;
    private readonly int[] _phase;
    private readonly int[] _current;
    private readonly long[] _firstOfPhase;
    private readonly byte[] _ivs;
    private readonly byte[] _nextSecrets;
    private readonly byte[] _key = new byte[KeySizeBytes];
    private readonly byte[] _nonce = new byte[IvSizeBytes];
    private readonly byte[] _mask = new byte[SampleSizeBytes];
    private readonly byte[] _secret = new byte[SecretSizeBytes];

    /// <summary>An empty table of <paramref name="slots"/> handles that derives with <paramref name="crypto"/>.</summary>
    protected PacketKeyTable(ICryptoProvider crypto, int slots)
    {
        _crypto = crypto;
        _isUsed = new bool[slots];
        _isUpdatable = new bool[slots];
        _hasPrevious = new bool[slots];
        _phase = new int[slots];
        _current = new int[slots];
        _firstOfPhase = new long[slots];
        _ivs = new byte[slots * Generations * IvSizeBytes];
        _nextSecrets = new byte[slots * SecretSizeBytes];
    }

    /// <summary>AEAD keys the provider must have room for: cells 0 to slots * 3 - 1. Header keys are numbered by slot.</summary>
    protected int CellCount => _isUsed.Length * Generations;

    /// <summary>See ICryptoProvider.CreatePacketKeys.</summary>
    public int Create(byte[] secret, int secretOffset, bool updatable)
    {
        Bytes.CheckRegion(secret, secretOffset, SecretSizeBytes);
        int slot = 0;
        while (slot < _isUsed.Length && _isUsed[slot]) slot++;
        if (slot == _isUsed.Length) throw new CryptoException("every packet key slot is taken");
        _isUsed[slot] = true;
        _isUpdatable[slot] = updatable;
        _hasPrevious[slot] = false;
        _phase[slot] = 0;
        _current[slot] = 0;
        _firstOfPhase[slot] = 0;
        _crypto.HkdfExpandLabel(secret, secretOffset, HeaderLabel, null, 0, 0, _key, 0, KeySizeBytes);
        SetHeaderKey(slot, _key);
        Derive(slot, 0, secret, secretOffset);
        if (updatable)
        {
            Array.Copy(secret, secretOffset, _nextSecrets, slot * SecretSizeBytes, SecretSizeBytes);
            DeriveNext(slot);
        }

        Array.Clear(_key, 0, KeySizeBytes);
        return slot + 1;
    }

    /// <summary>See ICryptoProvider.RotatePacketKeys.</summary>
    public void Rotate(int handle, long firstPacketNumber)
    {
        int slot = Slot(handle);
        if (!_isUpdatable[slot]) throw new InvalidOperationException("packet keys are not updatable");
        _current[slot] = (_current[slot] + 1) % Generations;
        _phase[slot] ^= 1;
        _firstOfPhase[slot] = firstPacketNumber;
        _hasPrevious[slot] = true;
        DeriveNext(slot);
        Array.Clear(_key, 0, KeySizeBytes);
    }

    /// <summary>See ICryptoProvider.DropPreviousPacketKeys.</summary>
    public void DropPrevious(int handle)
    {
        int slot = Slot(handle);
        if (!_hasPrevious[slot]) return;
        _hasPrevious[slot] = false;
        ClearGeneration(slot, PacketKeyGeneration.Previous);
    }

    /// <summary>See ICryptoProvider.ReleasePacketKeys.</summary>
    public void Release(int handle)
    {
        int slot = Slot(handle);
        for (int generation = 0; generation < Generations; generation++) ClearGeneration(slot, generation);
        ClearHeaderKey(slot);
        Array.Clear(_nextSecrets, slot * SecretSizeBytes, SecretSizeBytes);
        _isUsed[slot] = false;
    }

    /// <summary>See ICryptoProvider.OpenPacket.</summary>
    public int Open(int handle, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived, long[] opened)
    {
        int slot = Slot(handle);
        Bytes.CheckRegion(buffer, packetOffset, packetEnd - packetOffset);
        if (packetNumberOffset <= packetOffset) throw new ArgumentOutOfRangeException("packetNumberOffset");

        // RFC 9001 section 5.4.2: the sample starts four bytes behind the start of the packet number, whatever its length.
        if (packetEnd - packetNumberOffset < 4 + SampleSizeBytes) return -1;
        HeaderMask(slot, buffer, packetNumberOffset + 4, _mask);
        bool isLong = buffer[packetOffset] >= 0x80;
        int first = buffer[packetOffset] ^ (_mask[0] & (isLong ? 0x0F : 0x1F));
        int numberLength = (first & 3) + 1;
        long truncated = 0;
        buffer[packetOffset] = (byte)first;
        for (int i = 0; i < numberLength; i++)
        {
            int plain = buffer[packetNumberOffset + i] ^ _mask[1 + i];
            buffer[packetNumberOffset + i] = (byte)plain;
            truncated = (truncated << 8) | (long)plain;
        }

        long number = Expand(truncated, 8 * numberLength, largestReceived + 1);
        int generation = PacketKeyGeneration.Current;
        if (!isLong && _isUpdatable[slot] && ((first >> 2) & 1) != _phase[slot])
        {
            // RFC 9001 section 6.5: a packet of the other phase is late when its number is below this phase, else an update.
            bool isLate = _hasPrevious[slot] && number < _firstOfPhase[slot];
            generation = isLate ? PacketKeyGeneration.Previous : PacketKeyGeneration.Next;
        }

        int payload = packetNumberOffset + numberLength;
        int cell = Cell(slot, generation);
        MakeNonce(cell, number);
        if (!OpenCell(cell, _nonce, buffer, packetOffset, payload - packetOffset, payload, packetEnd - payload)) return -1;
        opened[0] = number;
        opened[1] = payload;
        opened[2] = generation;
        return packetEnd - payload - TagSizeBytes;
    }

    /// <summary>See ICryptoProvider.SealPacket.</summary>
    public int Seal(int handle, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber)
    {
        int slot = Slot(handle);
        int numberLength = payloadOffset - packetNumberOffset;
        Bytes.CheckRegion(buffer, packetOffset, payloadEnd + TagSizeBytes - packetOffset);
        if (packetNumberOffset <= packetOffset || numberLength < 1 || numberLength > 4)
            throw new ArgumentOutOfRangeException("packetNumberOffset");
        if (payloadEnd < payloadOffset || payloadEnd - packetNumberOffset < 4) throw new ArgumentOutOfRangeException("payloadEnd");
        int cell = Cell(slot, PacketKeyGeneration.Current);
        MakeNonce(cell, packetNumber);
        SealCell(cell, _nonce, buffer, packetOffset, payloadOffset - packetOffset, payloadOffset, payloadEnd - payloadOffset);
        HeaderMask(slot, buffer, packetNumberOffset + 4, _mask);
        buffer[packetOffset] ^= (byte)(_mask[0] & (buffer[packetOffset] >= 0x80 ? 0x0F : 0x1F));
        for (int i = 0; i < numberLength; i++) buffer[packetNumberOffset + i] ^= _mask[1 + i];
        return payloadEnd + TagSizeBytes;
    }

    /// <summary>Recovers a packet number (RFC 9000 appendix A.3) from its low bits and the number expected next.</summary>
    internal static long Expand(long truncated, int bits, long expected)
    {
        long window = 1L << bits;
        long half = window >> 1;
        long candidate = (expected & ~(window - 1)) | truncated;
        if (candidate <= expected - half && candidate < (1L << 62) - window) return candidate + window;
        if (candidate > expected + half && candidate >= window) return candidate - window;
        return candidate;
    }

    /// <summary>Installs the AES-128-GCM key of a cell, replacing an older one.</summary>
    protected abstract void SetCell(int cell, byte[] key);

    /// <summary>Forgets the key of a cell; it may hold none.</summary>
    protected abstract void ClearCell(int cell);

    /// <summary>Seals in place; header [headerOffset, headerOffset + headerCount) is the associated data, the tag goes behind.</summary>
    protected abstract void SealCell(int cell, byte[] nonce, byte[] buffer, int headerOffset, int headerCount, int offset, int count);

    /// <summary>Opens in place; <paramref name="count"/> includes the tag. False when it does not fit.</summary>
    protected abstract bool OpenCell(int cell, byte[] nonce, byte[] buffer, int headerOffset, int headerCount, int offset, int count);

    /// <summary>Installs the header protection key of a slot.</summary>
    protected abstract void SetHeaderKey(int slot, byte[] key);

    /// <summary>Forgets the header protection key of a slot.</summary>
    protected abstract void ClearHeaderKey(int slot);

    /// <summary>Encrypts the sample of 16 bytes with the header protection key.</summary>
    protected abstract void HeaderMask(int slot, byte[] sample, int sampleOffset, byte[] mask);

    private int Slot(int handle)
    {
        if (handle < 1 || handle > _isUsed.Length || !_isUsed[handle - 1]) throw new InvalidOperationException("no such packet keys");
        return handle - 1;
    }

    // The three generations of a slot stand in a ring: behind the current one the next, before it the previous.
    private int Cell(int slot, int generation)
    {
        return slot * Generations + (_current[slot] + generation + 2) % Generations;
    }

    private void DeriveNext(int slot)
    {
        int at = slot * SecretSizeBytes;
        _crypto.HkdfExpandLabel(_nextSecrets, at, UpdateLabel, null, 0, 0, _secret, 0, SecretSizeBytes);
        Array.Copy(_secret, 0, _nextSecrets, at, SecretSizeBytes);
        Array.Clear(_secret, 0, SecretSizeBytes);
        Derive(slot, Cell(slot, PacketKeyGeneration.Next) - slot * Generations, _nextSecrets, at);
    }

    private void Derive(int slot, int position, byte[] secret, int secretOffset)
    {
        int cell = slot * Generations + position;
        _crypto.HkdfExpandLabel(secret, secretOffset, KeyLabel, null, 0, 0, _key, 0, KeySizeBytes);
        SetCell(cell, _key);
        _crypto.HkdfExpandLabel(secret, secretOffset, IvLabel, null, 0, 0, _ivs, cell * IvSizeBytes, IvSizeBytes);
    }

    private void ClearGeneration(int slot, int generation)
    {
        int cell = Cell(slot, generation);
        ClearCell(cell);
        Array.Clear(_ivs, cell * IvSizeBytes, IvSizeBytes);
    }

    // RFC 9001 section 5.3: the nonce is the IV with the packet number XORed into its low 62 bits.
    private void MakeNonce(int cell, long packetNumber)
    {
        Array.Copy(_ivs, cell * IvSizeBytes, _nonce, 0, IvSizeBytes);
        for (int i = IvSizeBytes - 1; packetNumber != 0; i--)
        {
            _nonce[i] ^= (byte)packetNumber;
            packetNumber >>= 8;
        }
    }
}
