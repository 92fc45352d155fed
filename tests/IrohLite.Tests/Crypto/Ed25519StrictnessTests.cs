using System;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using IrohLite.Crypto;
using Xunit;

namespace IrohLite.Tests.Crypto;

/// <summary>Ids may be any encoding of any point, but a signature counts only under iroh's strict rules.</summary>
public class Ed25519StrictnessTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    // y of the points of order 1, 2, 4 and 8.
    private static readonly BigInteger[] SmallOrderY =
    {
        1, P - 1, 0, OrderEightY(), P - OrderEightY(),
    };

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void An_id_is_whatever_iroh_decompresses(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        foreach (JsonElement test in file.RootElement.GetProperty("identity").GetProperty("public_key_bytes").EnumerateArray())
        {
            Padded key = new(test.Bytes("hex"), ran + 1);
            Assert.Equal(test.Bool("accepted_as_endpoint_id"), crypto.Ed25519IsPoint(key.Array, key.Offset));
            ran++;
        }

        Assert.Equal(4, ran);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Decompression_agrees_with_the_curve_equation_in_big_integers(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        Random random = new(8032);
        int points = 0;
        for (int i = 0; i < 400; i++)
        {
            byte[] key = new byte[32];
            random.NextBytes(key);

            // Half of them close to p, where encodings stop being canonical.
            if (i % 2 == 0) key = Encode(P - 20 + i / 2 % 39, i % 4 == 0);
            bool expected = IsOnCurve(new BigInteger(key.Select((b, at) => at == 31 ? (byte)(b & 0x7F) : b).ToArray(), true));
            Assert.Equal(expected, crypto.Ed25519IsPoint(key, 0));
            if (expected) points++;
        }

        Assert.InRange(points, 100, 300);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void A_small_order_key_verifies_nothing(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        byte[] message = { 1, 2, 3 };
        int ran = 0;
        foreach (BigInteger y in SmallOrderY)
            foreach (bool sign in new[] { false, true })
            {
                // With a small-order key, R = r B and S = r satisfy the equation whenever the challenge is a multiple of its order.
                byte[] key = Encode(y, sign);
                byte[] signature = new byte[64];
                (byte[] r, BigInteger scalar) = KnownPoint(crypto);
                r.CopyTo(signature, 0);
                (scalar % Order).ToByteArray(true).CopyTo(signature, 32);
                Assert.True(crypto.Ed25519IsPoint(key, 0));
                for (byte tried = 0; tried < 64; tried++)
                {
                    message[0] = tried;
                    Assert.False(crypto.Ed25519Verify(key, 0, message, 0, 3, signature, 0));
                }

                ran++;
            }

        Assert.Equal(10, ran);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void A_signature_with_small_order_r_is_refused_though_the_equation_holds(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        byte[] seed = new byte[32];
        byte[] key = new byte[32];
        byte[] message = { 42 };
        crypto.Ed25519PublicKey(seed, 0, key, 0);

        // The holder of a key can choose R = identity: then S = H(R, A, M) * a satisfies S B = R + H A.
        byte[] signature = new byte[64];
        signature[0] = 1;
        BigInteger challenge = new(SHA512.HashData(signature[..32].Concat(key).Concat(message).ToArray()), true);
        BigInteger s = challenge * Scalar(seed) % Order;
        s.ToByteArray(true).CopyTo(signature, 32);

        Assert.False(crypto.Ed25519Verify(key, 0, message, 0, 1, signature, 0));
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void S_beyond_the_group_order_is_refused(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        byte[] seed = new byte[32];
        byte[] key = new byte[32];
        byte[] signature = new byte[64];
        crypto.Ed25519PublicKey(seed, 0, key, 0);
        crypto.Ed25519Sign(seed, 0, key, 0, key, 0, 32, signature, 0);
        Assert.True(crypto.Ed25519Verify(key, 0, key, 0, 32, signature, 0));

        BigInteger s = new BigInteger(signature.AsSpan(32), true) + Order;
        s.ToByteArray(true).CopyTo(signature, 32);
        Assert.False(crypto.Ed25519Verify(key, 0, key, 0, 32, signature, 0));
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void A_torsion_component_in_the_key_breaks_the_cofactorless_equation(string provider)
    {
        // A' = A + T with T of order 2: cofactored verification would accept the signature made for A' half as H * T vanishes after
        // multiplying by 8; the cofactor-less equation holds only when the challenge is even.
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        byte[] seed = new byte[32];
        byte[] key = new byte[32];
        crypto.Ed25519PublicKey(seed, 0, key, 0);
        byte[] mixed = NegateBoth(key);
        (byte[] r, BigInteger rScalar) = KnownPoint(crypto);
        int accepted = 0;
        for (byte i = 0; i < 32; i++)
        {
            byte[] message = { i };
            BigInteger challenge = new BigInteger(SHA512.HashData(r.Concat(mixed).Concat(message).ToArray()), true) % Order;
            BigInteger s = (rScalar + challenge * Scalar(seed)) % Order;
            byte[] signature = new byte[64];
            r.CopyTo(signature, 0);
            s.ToByteArray(true).CopyTo(signature, 32);
            bool isValid = crypto.Ed25519Verify(mixed, 0, message, 0, 1, signature, 0);
            Assert.Equal(challenge.IsEven, isValid);
            if (isValid) accepted++;
        }

        Assert.InRange(accepted, 1, 31);
    }

    private static (byte[] Point, BigInteger Scalar) KnownPoint(ICryptoProvider crypto)
    {
        byte[] seed = Enumerable.Repeat((byte)9, 32).ToArray();
        byte[] point = new byte[32];
        crypto.Ed25519PublicKey(seed, 0, point, 0);
        return (point, Scalar(seed));
    }

    // RFC 8032 section 5.1.5: the scalar that belongs to a seed.
    private static BigInteger Scalar(byte[] seed)
    {
        byte[] clamped = SHA512.HashData(seed)[..32];
        clamped[0] &= 0xF8;
        clamped[31] = (byte)((clamped[31] & 0x7F) | 0x40);
        return new BigInteger(clamped, true);
    }

    // Adding the point of order 2, (0, -1), negates both coordinates.
    private static byte[] NegateBoth(byte[] key)
    {
        bool sign = (key[31] & 0x80) != 0;
        byte[] masked = (byte[])key.Clone();
        masked[31] &= 0x7F;
        return Encode(P - new BigInteger(masked, true), !sign);
    }

    private static byte[] Encode(BigInteger y, bool sign)
    {
        byte[] encoded = new byte[32];
        y.ToByteArray(true).CopyTo(encoded, 0);
        if (sign) encoded[31] |= 0x80;
        return encoded;
    }

    private static bool IsOnCurve(BigInteger y)
    {
        BigInteger square = y * y % P;
        BigInteger xx = (square + P - 1) * BigInteger.ModPow(D() * square + 1, P - 2, P) % P;
        return xx.IsZero || BigInteger.ModPow(xx, (P - 1) / 2, P).IsOne;
    }

    private static BigInteger D() => (P - 121665) * BigInteger.ModPow(121666, P - 2, P) % P;

    // Doubling a point of order 8 gives one with y = 0, so y^2 = -x^2 there: -x^2 + y^2 = 1 + d x^2 y^2 becomes d y^4 + 2 y^2 - 1 = 0.
    private static BigInteger OrderEightY()
    {
        BigInteger root = Root((1 + D()) % P);
        BigInteger inverse = BigInteger.ModPow(D(), P - 2, P);
        BigInteger square = (P - 1 + root) * inverse % P;
        if (!IsSquare(square)) square = (2 * P - 1 - root) * inverse % P;
        return Root(square);
    }

    private static bool IsSquare(BigInteger value) => BigInteger.ModPow(value, (P - 1) / 2, P).IsOne;

    private static BigInteger Root(BigInteger value)
    {
        BigInteger root = BigInteger.ModPow(value, (P + 3) / 8, P);
        if (root * root % P != value) root = root * BigInteger.ModPow(2, (P - 1) / 4, P) % P;
        Assert.Equal(value, root * root % P);
        return root;
    }
}
