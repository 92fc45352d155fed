using IrohLite.Buffers;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace IrohLite.Crypto;

/// <summary>
/// What iroh asks about encoded Ed25519 points beyond RFC 8032: whether 32 bytes decompress at all, with non-canonical encodings allowed,
/// and whether they name one of the eight points of small order.
/// </summary>
internal static class EdwardsPoint
{
    // The constant d of the curve -x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032 section 5.1), little-endian.
    private static readonly byte[] CurveD =
    {
        0xA3, 0x78, 0x59, 0x13, 0xCA, 0x4D, 0xEB, 0x75, 0xAB, 0xD8, 0x41, 0x41, 0x4D, 0x0A, 0x70, 0x00,
        0x98, 0xE8, 0x79, 0x77, 0x79, 0x40, 0xC7, 0x8C, 0x73, 0xFE, 0x6F, 0x2B, 0xEE, 0x6C, 0x03, 0x52,
    };

    // y of two of the four points of order 8; the other two have the negative of it.
    private static readonly byte[] OrderEightY =
    {
        0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
        0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
    };

    /// <summary>True when x^2 = (y^2 - 1) / (d y^2 + 1) has a root. The sign of x and whether y is below p do not matter.</summary>
    public static bool Decompresses(byte[] encoded, int offset)
    {
        int[] y = X25519Field.Create();
        int[] d = X25519Field.Create();
        int[] numerator = X25519Field.Create();
        int[] denominator = X25519Field.Create();
        int[] x = X25519Field.Create();
        X25519Field.Decode(encoded, offset, y);
        X25519Field.Decode(CurveD, 0, d);
        X25519Field.Sqr(y, numerator);
        X25519Field.Mul(numerator, d, denominator);
        X25519Field.SubOne(numerator);
        X25519Field.Carry(numerator);
        X25519Field.AddOne(denominator);
        X25519Field.Carry(denominator);
        return X25519Field.SqrtRatioVar(numerator, denominator, x);
    }

    /// <summary>True for y of 1, -1 and 0 (orders 1, 2 and 4) and the two of order 8, in any encoding.</summary>
    public static bool HasSmallOrder(byte[] encoded, int offset)
    {
        int[] y = X25519Field.Create();
        byte[] canonical = new byte[32];
        X25519Field.Decode(encoded, offset, y);
        X25519Field.Normalize(y);
        if (X25519Field.IsZeroVar(y) || X25519Field.IsOneVar(y)) return true;
        X25519Field.Encode(y, canonical, 0);
        if (Bytes.Equal(canonical, 0, OrderEightY, 0, 32)) return true;
        X25519Field.Negate(y, y);
        X25519Field.Normalize(y);
        if (X25519Field.IsOneVar(y)) return true;
        X25519Field.Encode(y, canonical, 0);
        return Bytes.Equal(canonical, 0, OrderEightY, 0, 32);
    }
}
