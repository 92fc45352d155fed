using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Text;

namespace IrohLite.Discovery;

/// <summary>
/// A signed packet (pkarr): Ed25519 signature, timestamp in microseconds, DNS message. This is the body of PUT and GET; the id stands
/// in the URL. The signature is over "3:seqi&lt;timestamp&gt;e1:v&lt;length&gt;:" and the message (BEP 44).
/// </summary>
public sealed class PkarrPacket
{
    /// <summary>Bytes before the DNS message.</summary>
    public const int HeaderBytes = 72;

    /// <summary>Largest body in bytes.</summary>
    public const int MaxBytes = HeaderBytes + DnsTxt.MaxSignedBytes;

    private const int SignatureBytes = 64;

    private PkarrPacket(EndpointAddr addr, long timestampMicros, long ttlSeconds)
    {
        Addr = addr;
        TimestampMicros = timestampMicros;
        TtlSeconds = ttlSeconds;
    }

    /// <summary>What the packet says about the endpoint.</summary>
    public EndpointAddr Addr { get; }

    /// <summary>When it was signed, in microseconds since 1970; the newer packet wins.</summary>
    public long TimestampMicros { get; }

    /// <summary>Seconds the answer may be kept.</summary>
    public long TtlSeconds { get; }

    /// <summary>Builds and signs a body; null when the strings do not fit into 1,000 bytes.</summary>
    public static byte[] Build(SecretKey key, long timestampMicros, string[] strings)
    {
        byte[] dns = DnsTxt.Records(key.Id, strings);
        if (dns == null) return null;
        byte[] signed = SignedBytes(timestampMicros, dns, 0, dns.Length);
        byte[] body = new byte[HeaderBytes + dns.Length];
        key.Sign(signed, 0, signed.Length, body, 0);
        new ByteWriter(body, SignatureBytes, 8).WriteUInt64(timestampMicros);
        Bytes.Copy(dns, 0, body, HeaderBytes, dns.Length);
        return body;
    }

    /// <summary>Reads a body and verifies it against the id; false with the reason.</summary>
    public static bool TryParse(byte[] body, int offset, int count, EndpointId id, ICryptoProvider crypto, out PkarrPacket packet, out string error)
    {
        packet = null;
        if (!TryVerify(body, offset, count, id, crypto, out long timestampMicros, out error)) return false;

        TxtAnswers answers = new TxtAnswers();
        if (!answers.TryRead(body, offset + HeaderBytes, count - HeaderBytes, 0, DnsTxt.NameOf(id)))
        {
            error = "the signed packet holds no readable DNS message";
            return false;
        }

        EndpointAddr addr = new EndpointAddr(id);
        if (!EndpointInfo.TryAddTo(addr, answers.Strings, answers.Count, out error)) return false;
        packet = new PkarrPacket(addr, timestampMicros, answers.Count == 0 ? DnsTxt.TtlSeconds : answers.TtlSeconds);
        return true;
    }

    /// <summary>Checks size and signature only, as a store does; false with the reason.</summary>
    public static bool TryVerify(byte[] body, int offset, int count, EndpointId id, ICryptoProvider crypto, out long timestampMicros, out string error)
    {
        timestampMicros = 0;
        error = count < HeaderBytes + DnsMessage.HeaderBytes ? "the signed packet is too short"
            : count > MaxBytes ? "the signed packet is longer than " + MaxBytes.ToString() + " bytes" : null;
        if (error != null) return false;

        new ByteReader(body, offset + SignatureBytes, 8).TryReadUInt64(out timestampMicros);
        byte[] signed = SignedBytes(timestampMicros, body, offset + HeaderBytes, count - HeaderBytes);
        if (crypto.Ed25519Verify(id.RawBytes, 0, signed, 0, signed.Length, body, offset)) return true;
        error = "the signature of the signed packet is wrong";
        return false;
    }

    private static byte[] SignedBytes(long timestampMicros, byte[] dns, int offset, int count)
    {
        byte[] prefix = Utf8.Encode("3:seqi" + ((ulong)timestampMicros).ToString() + "e1:v" + count.ToString() + ":");
        byte[] signed = new byte[prefix.Length + count];
        Bytes.Copy(prefix, 0, signed, 0, prefix.Length);
        Bytes.Copy(dns, offset, signed, prefix.Length, count);
        return signed;
    }
}
