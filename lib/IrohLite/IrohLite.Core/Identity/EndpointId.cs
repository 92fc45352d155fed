using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Text;

namespace IrohLite.Identity;

/// <summary>The name of an endpoint: its Ed25519 public key. Immutable.</summary>
public sealed class EndpointId
{
    /// <summary>Length in bytes.</summary>
    public const int SizeBytes = 32;

    private readonly byte[] _bytes;

    private EndpointId(byte[] bytes)
    {
        _bytes = bytes;
    }

    /// <summary>The 32 bytes themselves, shared to avoid copies: never write to them.</summary>
    public byte[] RawBytes => _bytes;

    /// <summary>Copies 32 bytes without asking whether they are a curve point, for an id that was checked or verified before.</summary>
    public static EndpointId FromBytes(byte[] buffer, int offset)
    {
        return new EndpointId(Bytes.Slice(buffer, offset, SizeBytes));
    }

    /// <summary>Copies 32 bytes; false unless they decompress to a curve point.</summary>
    public static bool TryFromBytes(byte[] buffer, int offset, ICryptoProvider crypto, out EndpointId id)
    {
        id = crypto.Ed25519IsPoint(buffer, offset) ? FromBytes(buffer, offset) : null;
        return id != null;
    }

    /// <summary>Reads 64 lower-case hex characters, or 52 base32 characters of either case.</summary>
    public static bool TryParse(string text, ICryptoProvider crypto, out EndpointId id)
    {
        return TryParse(text, crypto, out id, out _);
    }

    /// <summary>Like the other, and on false <paramref name="error"/> says what is wrong with the text.</summary>
    public static bool TryParse(string text, ICryptoProvider crypto, out EndpointId id, out string error)
    {
        id = null;
        byte[] bytes = new byte[SizeBytes];
        if (!KeyText.TryParse(text, "endpoint id", bytes, out error)) return false;
        if (TryFromBytes(bytes, 0, crypto, out id)) return true;
        error = "endpoint id is not a point of the curve";
        return false;
    }

    /// <summary>64 lower-case hex characters.</summary>
    public override string ToString()
    {
        return Hex.Encode(_bytes, 0, SizeBytes);
    }

    /// <summary>The first five bytes as 10 hex characters, for logs.</summary>
    public string ToShortString()
    {
        return Hex.Encode(_bytes, 0, 5);
    }

    /// <summary>52 z-base-32 characters, as in DNS names.</summary>
    public string ToZ32()
    {
        return ZBase32.Encode(_bytes, 0, SizeBytes);
    }

    /// <summary>True for the same id.</summary>
    public bool SameAs(EndpointId other)
    {
        return other != null && (other == this || Bytes.Equal(_bytes, 0, other._bytes, 0, SizeBytes));
    }

    /// <summary>True when the 32 bytes at the offset are this id.</summary>
    public bool SameAs(byte[] buffer, int offset)
    {
        return Bytes.Equal(_bytes, 0, buffer, offset, SizeBytes);
    }

    /// <summary>True for an <see cref="EndpointId"/> of the same bytes. (The device's Hashtable does not ask this: use the text as key there.)</summary>
    public override bool Equals(object obj)
    {
        return SameAs(obj as EndpointId);
    }

    /// <summary>Four bytes of the id.</summary>
    public override int GetHashCode()
    {
        return (_bytes[0] << 24) | (_bytes[1] << 16) | (_bytes[2] << 8) | _bytes[3];
    }
}
