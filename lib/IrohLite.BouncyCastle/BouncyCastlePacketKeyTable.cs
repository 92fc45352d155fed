using System;
using IrohLite.Buffers;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace IrohLite.Crypto;

/// <summary>
/// Packet keys on Bouncy Castle's AES and GCM. Its parameter objects cost a few small allocations for each packet, and it keeps key
/// schedules to itself: forgetting a key here means to drop the object that holds it.
/// </summary>
internal sealed class BouncyCastlePacketKeyTable : PacketKeyTable
{
    private const int TagBits = 128;

    private readonly KeyParameter[] _keys;
    private readonly GcmBlockCipher[] _ciphers;
    private readonly AesEngine[] _headerCiphers;

    public BouncyCastlePacketKeyTable(ICryptoProvider crypto, int slots)
        : base(crypto, slots)
    {
        _keys = new KeyParameter[CellCount];
        _ciphers = new GcmBlockCipher[CellCount];
        _headerCiphers = new AesEngine[slots];
    }

    /// <summary>Opens in place with a cipher that <see cref="Start"/> prepared; wipes the region when the tag is wrong.</summary>
    public static bool Open(GcmBlockCipher cipher, byte[] buffer, int offset, int count)
    {
        try
        {
            int done = cipher.ProcessBytes(buffer, offset, count, buffer, offset);
            cipher.DoFinal(buffer, offset + done);
            return true;
        }
        catch (InvalidCipherTextException)
        {
            Array.Clear(buffer, offset, count);
            return false;
        }
    }

    /// <summary>Seals in place with a cipher that <see cref="Start"/> prepared.</summary>
    public static void Seal(GcmBlockCipher cipher, byte[] buffer, int offset, int count)
    {
        int done = cipher.ProcessBytes(buffer, offset, count, buffer, offset);
        cipher.DoFinal(buffer, offset + done);
    }

    /// <summary>Prepares a cipher for one message. It keeps the nonce array, to refuse the same nonce twice: hence the copy.</summary>
    public static void Start(GcmBlockCipher cipher, bool isSealing, KeyParameter key, byte[] nonce, int nonceOffset,
        byte[] aad, int aadOffset, int aadCount)
    {
        cipher.Init(isSealing, new AeadParameters(key, TagBits, Bytes.Slice(nonce, nonceOffset, 12)));
        cipher.ProcessAadBytes(aad, aadOffset, aadCount);
    }

    protected override void SetCell(int cell, byte[] key)
    {
        _keys[cell] = new KeyParameter(key, 0, 16);
        _ciphers[cell] = new GcmBlockCipher(new AesEngine());
    }

    protected override void ClearCell(int cell)
    {
        _keys[cell] = null;
        _ciphers[cell] = null;
    }

    protected override void SealCell(int cell, byte[] nonce, byte[] buffer, int headerOffset, int headerCount, int offset, int count)
    {
        Start(_ciphers[cell], true, TakeKey(cell), nonce, 0, buffer, headerOffset, headerCount);
        Seal(_ciphers[cell], buffer, offset, count);
    }

    protected override bool OpenCell(int cell, byte[] nonce, byte[] buffer, int headerOffset, int headerCount, int offset, int count)
    {
        Start(_ciphers[cell], false, TakeKey(cell), nonce, 0, buffer, headerOffset, headerCount);
        return Open(_ciphers[cell], buffer, offset, count);
    }

    protected override void SetHeaderKey(int slot, byte[] key)
    {
        _headerCiphers[slot] = new AesEngine();
        _headerCiphers[slot].Init(true, new KeyParameter(key, 0, 16));
    }

    protected override void ClearHeaderKey(int slot)
    {
        _headerCiphers[slot] = null;
    }

    protected override void HeaderMask(int slot, byte[] sample, int sampleOffset, byte[] mask)
    {
        _headerCiphers[slot].ProcessBlock(sample, sampleOffset, mask, 0);
    }

    // The cipher keeps its key schedule and tables when it is started again without a key.
    private KeyParameter TakeKey(int cell)
    {
        KeyParameter key = _keys[cell];
        _keys[cell] = null;
        return key;
    }
}
