using System;
using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Native;
using IrohLite.Text;
using nanoFramework.TestFramework;

namespace IrohLite.Portable;

/// <summary>The extern calls on the runtime itself: published vectors in the middle of larger arrays, statuses and exceptions.</summary>
[TestClass]
public class NativeModuleTests
{
    // Where the data stand in the arrays that Padded makes.
    private const int At = 3;

    /// <summary>FIPS 180-4 "abc", RFC 4231 case 2, and the official BLAKE3 vector of 64 bytes.</summary>
    [TestMethod]
    public void Hashes_match_their_vectors()
    {
        byte[] output = new byte[40];
        Expect.Equal(0, Hashing.Sha256(Padded("616263"), At, 3, output, 5), "status");
        Check("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", output, 5);

        byte[] data = Padded("7768617420646f2079612077616e7420666f72206e6f7468696e673f");
        Expect.Equal(0, Hashing.HmacSha256(Padded("4a656665"), At, 4, data, At, 28, output, 1), "status");
        Check("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", output, 1);

        byte[] context = Utf8.Encode("BLAKE3 2019-12-27 16:29:52 test vectors context");
        byte[] contextKey = new byte[34];
        Blake3.ContextKey(context, 0, context.Length, contextKey, 2);
        byte[] input = new byte[70];
        for (int i = 0; i < 64; i++) input[i + 4] = (byte)i;
        Expect.Equal(0, Hashing.Blake3DeriveKey(contextKey, 2, input, 4, 64, output, 8), "status");
        Check("a5c4a7053fa86b64746d4bb688d06ad1f02a18fce9afd3e818fefaa7126bf73e", output, 8);
    }

    /// <summary>RFC 9001 A.1, without a context, which may then be null.</summary>
    [TestMethod]
    public void Hkdf_labels_match_their_vector()
    {
        byte[] secret = Padded("c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea");
        byte[] key = new byte[20];
        Expect.Equal(0, Hashing.HkdfExpandLabel(secret, At, Utf8.Encode("tls13 quic key"), null, 0, 0, key, 2, 16), "status");
        Check("1f369613dd76d5467730efcbe3b1a22d", key, 2);
    }

    /// <summary>RFC 7748 section 6.1, and a peer whose key gives a secret of zeros.</summary>
    [TestMethod]
    public void X25519_matches_its_vector_and_refuses_zeros()
    {
        byte[] secret = Padded("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        byte[] output = new byte[40];
        Expect.Equal(0, X25519.PublicKey(secret, At, output, 8), "status");
        Check("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", output, 8);
        byte[] peer = Padded("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
        Expect.Equal(0, X25519.Agree(secret, At, peer, At, output, 0), "status");
        Check("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742", output, 0);
        Expect.Equal(-1, X25519.Agree(secret, At, new byte[32], 0, output, 0), "a secret of zeros");
    }

    /// <summary>RFC 8032 section 7.1 test 3, a damaged signature, and a point that is none.</summary>
    [TestMethod]
    public void Ed25519_matches_its_vector_and_refuses_damage()
    {
        byte[] seed = Padded("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
        byte[] publicKey = new byte[35];
        byte[] signature = new byte[70];
        Expect.Equal(0, Ed25519.PublicKey(seed, At, publicKey, 1), "status");
        Check("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", publicKey, 1);
        byte[] message = Padded("af82");
        Expect.Equal(0, Ed25519.Sign(seed, At, publicKey, 1, message, At, 2, signature, 6), "status");
        Check("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a", signature, 6);
        Expect.Equal(0, Ed25519.Verify(publicKey, 1, message, At, 2, signature, 6), "it verifies");
        signature[20] ^= 1;
        Expect.Equal(-1, Ed25519.Verify(publicKey, 1, message, At, 2, signature, 6), "a damaged one does not");
        Expect.Equal(0, Ed25519.IsPoint(publicKey, 1), "a point");
        Expect.Equal(-1, Ed25519.IsPoint(Padded("0200000000000000000000000000000000000000000000000000000000000000"), At), "no point");
    }

    /// <summary>NIST's AES-GCM test case 4, both ways, and a wrong tag.</summary>
    [TestMethod]
    public void Aes_gcm_matches_its_vector_and_refuses_damage()
    {
        byte[] key = Padded("feffe9928665731c6d6a8f9467308308");
        byte[] nonce = Padded("cafebabefacedbaddecaf888");
        byte[] aad = Padded("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        byte[] buffer = Padded("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b3900000000000000000000000000000000");
        Expect.Equal(0, Aes128.GcmSeal(key, At, nonce, At, aad, At, 20, buffer, At, 60), "status");
        Check("42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
            + "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47", buffer, At);
        Expect.Equal(0, Aes128.GcmOpen(key, At, nonce, At, aad, At, 20, buffer, At, 76), "status");
        Check("d9313225f88406e5a55909c5aff5269a", buffer, At);
        Expect.Equal(-1, Aes128.GcmOpen(key, At, nonce, At, aad, At, 20, buffer, At, 76), "it is no longer sealed");
        byte[] block = new byte[18];
        Expect.Equal(0, Aes128.EncryptBlock(Padded("2b7e151628aed2a6abf7158809cf4f3c"), At, Padded("6bc1bee22e409f96e93d7e117393172a"), At, block, 2), "status");
        Check("3ad77bb40d7a3660a89ecaf32466ef97", block, 2);
    }

    /// <summary>RFC 9001 A.3: the server's Initial packet, sealed, opened, damaged; and the life of a handle.</summary>
    [TestMethod]
    public void A_packet_is_sealed_and_opened_as_published()
    {
        const string Header = "c1000000010008f067a5502a4262b50040750001";
        const string Payload = "02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b9a045a1200130100002e00330024001d00209d3c940d"
            + "89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00020304";
        int inUse = PacketKeys.InUse();
        int keys = PacketKeys.Create(Padded("3c199828fd139efd216c155ad844cc81fb82fa8d7446fa7d78be803acdda951b"), At, true);
        Expect.True(keys > 0, "a handle");
        Expect.Equal(inUse + 1, PacketKeys.InUse(), "slots");
        byte[] packet = Padded(Header + Payload + "00000000000000000000000000000000");
        int payloadEnd = At + 20 + Payload.Length / 2;
        Expect.Equal(payloadEnd + 16, PacketKeys.Seal(keys, packet, At, At + 18, At + 20, payloadEnd, 1), "end of the packet");
        Check("cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3db"
            + "cba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc421"
            + "58407dd074ee", packet, At);
        byte[] copy = new byte[packet.Length];
        Bytes.Copy(packet, 0, copy, 0, packet.Length);
        long[] opened = { -9, -9, -9 };
        Expect.Equal(Payload.Length / 2, PacketKeys.Open(keys, packet, At, At + 18, payloadEnd + 16, -1, opened), "length of the payload");
        Check(Header + Payload, packet, At);
        Expect.True(opened[0] == 1 && opened[1] == At + 20 && opened[2] == 1, "number, offset and generation");
        copy[60] ^= 1;
        Expect.Equal(-1, PacketKeys.Open(keys, copy, At, At + 18, payloadEnd + 16, -1, opened), "damaged");
        Expect.Equal(0, PacketKeys.Rotate(keys, 0x100000000), "rotation");
        Expect.Equal(0, PacketKeys.DropPrevious(keys), "the previous keys go");
        Expect.Equal(0, PacketKeys.Release(keys), "release");
        Expect.Equal(-6, PacketKeys.Release(keys), "a dead handle");
        Expect.Equal(inUse, PacketKeys.InUse(), "slots");
    }

    /// <summary>Every kind of wrong argument: the same exceptions as on the desktop, and nothing is written.</summary>
    [TestMethod]
    public void Wrong_arguments_throw_their_exceptions()
    {
        byte[] b = new byte[64];
        int keys = PacketKeys.Create(new byte[32], 0, false);
        Expect.Equal("range", Fault(1, b, -1, 0), "negative offset");
        Expect.Equal("range", Fault(1, b, 33, 0), "region past the end");
        Expect.Equal("range", Fault(1, b, int.MaxValue, 0), "offset that overflows");
        Expect.Equal("range", Fault(1, b, int.MinValue, 0), "smallest offset");
        Expect.Equal("null", Fault(1, null, 0, 0), "no array");
        Expect.Equal("none", Fault(1, b, 32, 0), "the last place");
        Expect.Equal("range", Fault(2, b, 30, keys), "a packet past the end");
        Expect.Equal("null", Fault(2, null, 0, keys), "no packet");
        Expect.Equal("null", Fault(3, b, 0, keys), "no array for the results");
        Expect.Equal("range", Fault(4, b, 0, keys), "an array for the results that is too short");
        Expect.Equal("overlap", Fault(5, b, 0, keys), "additional data inside the buffer");
        for (int i = 0; i < 32; i++) Expect.Equal(0, b[i], "untouched byte");
        Expect.Equal(0, PacketKeys.Release(keys), "release");
    }

    /// <summary>What the chip offers, as far as every board and the stand-in agree.</summary>
    [TestMethod]
    public void Node_services_answer()
    {
        int reason = NodeServices.ResetReason();
        Expect.True(reason >= 0 && reason <= 9, "reset reason " + reason.ToString());
        Expect.True(NodeServices.WifiRssi() <= 0, "signal strength");
        byte[] name = Utf8.Encode("nanotest");
        byte[] blob = { 0, 1, 2, 3, 0 };
        Expect.Equal(0, NodeServices.WriteBlob(name, blob, 1, 3), "write");
        byte[] read = new byte[5];
        Expect.Equal(0, NodeServices.ReadBlob(name, read, 2, 3), "read");
        Expect.Bytes(new byte[] { 0, 0, 1, 2, 3 }, read, 0, "blob");
        Expect.Equal(-1, NodeServices.ReadBlob(name, read, 1, 4), "another size");
        Expect.Equal(-1, NodeServices.ReadBlob(Utf8.Encode("absent"), read, 1, 3), "absent");
    }

    private static string Fault(int call, byte[] array, int offset, int keys)
    {
        try
        {
            if (call == 1) X25519.PublicKey(new byte[32], 0, array, offset);
            else if (call == 2) PacketKeys.Open(keys, array, offset, offset + 10, offset + 40, -1, new long[3]);
            else if (call == 3) PacketKeys.Open(keys, array, 0, 1, 40, -1, null);
            else if (call == 4) PacketKeys.Open(keys, array, 0, 1, 40, -1, new long[2]);
            else Aes128.GcmSeal(new byte[16], 0, new byte[12], 0, array, 8, 8, array, 0, 32);
            return "none";
        }
        catch (ArgumentNullException)
        {
            return "null";
        }
        catch (ArgumentOutOfRangeException)
        {
            return "range";
        }
        catch (ArgumentException)
        {
            return "overlap";
        }
    }

    private static byte[] Padded(string hex)
    {
        byte[] bytes = new byte[hex.Length / 2 + 2 * At];
        Expect.True(Hex.TryDecode(hex, bytes, At, hex.Length / 2), "hex");
        return bytes;
    }

    private static void Check(string hex, byte[] actual, int offset)
    {
        Expect.Equal(hex, Hex.Encode(actual, offset, hex.Length / 2), "bytes");
    }
}
