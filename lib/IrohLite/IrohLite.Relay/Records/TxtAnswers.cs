using IrohLite.Buffers;
using IrohLite.Text;

namespace IrohLite.Discovery;

/// <summary>The TXT strings of one name in a DNS message, with the smallest TTL among them.</summary>
public sealed class TxtAnswers
{
    /// <summary>Response code for: all is well (RFC 1035 section 4.1.1).</summary>
    public const int NoError = 0;

    /// <summary>Response code for: there is no such name.</summary>
    public const int NoSuchName = 3;

    /// <summary>Response code for: this server does not answer for that name.</summary>
    public const int Refused = 5;

    private const int MaxRecords = 64;
    private const long MaxTtl = 0x7fffffff;
    private readonly string[] _strings = new string[EndpointInfo.MaxStrings];

    /// <summary>The strings; the first <see cref="Count"/> are valid.</summary>
    public string[] Strings => _strings;

    /// <summary>Number of strings.</summary>
    public int Count { get; private set; }

    /// <summary>Seconds the answer may be kept.</summary>
    public long TtlSeconds { get; private set; }

    /// <summary>Response code of the message.</summary>
    public int ResponseCode { get; private set; }

    /// <summary>True when the message was cut off and must be asked for over TCP.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>
    /// Reads a response.
    /// </summary>
    /// <param name="buffer">Holds the message.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="count">Its length.</param>
    /// <param name="id">The expected message id.</param>
    /// <param name="owner">The name that was asked for (lower case, no trailing dot): only its TXT records count.</param>
    /// <returns>False when the bytes are no such response.</returns>
    public bool TryRead(byte[] buffer, int offset, int count, int id, string owner)
    {
        Count = 0;
        TtlSeconds = long.MaxValue;
        ByteReader reader = new ByteReader(buffer, offset, count);
        if (!reader.TryReadUInt16(out int actualId) || actualId != id || !reader.TryReadUInt16(out int flags)) return false;
        if ((flags & DnsMessage.FlagResponse) == 0) return false;
        ResponseCode = flags & DnsMessage.RcodeMask;
        IsTruncated = (flags & DnsMessage.FlagTruncated) != 0;
        if (!reader.TryReadUInt16(out int questions) || !reader.TryReadUInt16(out int answers) || !reader.TrySkip(4)) return false;
        if (questions > 1 || answers > MaxRecords) return false;
        if (questions == 1 && !TryReadQuestion(reader, offset, owner)) return false;
        for (int i = 0; i < answers; i++)
        {
            // A message that says it is cut off may end anywhere.
            if (!TryReadRecord(reader, offset, owner)) return IsTruncated;
        }

        return true;
    }

    // RFC 5452 section 9.1: an answer to another question is none to ours.
    private static bool TryReadQuestion(ByteReader reader, int messageStart, string owner)
    {
        return DnsMessage.TryReadName(reader, messageStart, out string name) && name == owner && reader.TryReadUInt16(out int type)
            && type == DnsMessage.TypeTxt && reader.TryReadUInt16(out int questionClass) && questionClass == DnsMessage.ClassIn;
    }

    private bool TryReadRecord(ByteReader reader, int messageStart, string owner)
    {
        if (!DnsMessage.TryReadName(reader, messageStart, out string name) || !reader.TryReadUInt16(out int type)
            || !reader.TryReadUInt16(out int recordClass) || !reader.TryReadUInt32(out long ttl) || !reader.TryReadUInt16(out int length)
            || length > reader.Remaining) return false;
        int end = reader.Position + length;
        if (type != DnsMessage.TypeTxt || (recordClass & 0x7fff) != DnsMessage.ClassIn || name != owner) return reader.TrySkip(length);

        // One record may hold several character-strings; together they are one text (as resolvers join them).
        string text = "";
        while (reader.Position < end)
        {
            if (!reader.TryReadByte(out int size) || size > end - reader.Position
                || !Utf8.TryDecode(reader.Buffer, reader.Position, size, out string part) || !reader.TrySkip(size)) return false;
            text += part;
        }

        if (Count == _strings.Length) return false;
        _strings[Count++] = text;

        // RFC 2181 section 8: one with the top bit set counts as zero.
        if (ttl > MaxTtl) ttl = 0;
        if (ttl < TtlSeconds) TtlSeconds = ttl;
        return true;
    }
}
