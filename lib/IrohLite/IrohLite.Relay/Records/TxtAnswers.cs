using IrohLite.Buffers;
using IrohLite.Text;

namespace IrohLite.Discovery;

/// <summary>The TXT strings of one name in a DNS message, with the smallest TTL among them.</summary>
public sealed class TxtAnswers
{
    private const int MaxRecords = 64;
    private readonly string[] _strings = new string[EndpointInfo.MaxStrings];

    /// <summary>The strings; the first <see cref="Count"/> are valid.</summary>
    public string[] Strings => _strings;

    /// <summary>Number of strings.</summary>
    public int Count { get; private set; }

    /// <summary>Seconds the answer may be kept.</summary>
    public long TtlSeconds { get; private set; }

    /// <summary>Response code of the message: 0 fine, 3 no such name.</summary>
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
    /// <param name="owner">Only TXT records of this name count (lower case, no trailing dot).</param>
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
        if (questions == 1 && (!DnsMessage.TryReadName(reader, offset, out _) || !reader.TrySkip(4))) return false;
        for (int i = 0; i < answers; i++)
        {
            // A message that says it is cut off may end anywhere.
            if (!TryReadRecord(reader, offset, owner)) return IsTruncated;
        }

        return true;
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
        if (ttl < TtlSeconds) TtlSeconds = ttl;
        return true;
    }
}
