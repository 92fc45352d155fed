using System;
using System.Buffers.Binary;
using System.Text;

namespace IrohLite.RelayServer.Lookup;

/// <summary>The question of a DNS query (RFC 1035 section 4.1.2), and its OPT record if it has one (RFC 6891).</summary>
internal sealed class DnsQuery
{
    internal const int HeaderBytes = 12;
    internal const int TypeOpt = 41;

    /// <summary>Largest answer over UDP to who names a size: what gets through every network in one piece.</summary>
    internal const int MaxEdnsBytes = 1232;

    private const int MaxLabelBytes = 63;
    private const int MaxNameChars = 254;
    private const int MaxAdditional = 8;
    private const int FirstPointer = 0xc0;

    /// <summary>The name in lower case, without the last dot.</summary>
    public string Name { get; private set; } = "";

    public int Type { get; private set; }

    public int Class { get; private set; }

    /// <summary>Bytes of the header and the question together.</summary>
    public int QuestionEnd { get; private set; }

    /// <summary>Whether there is an OPT record; then the answer has one too.</summary>
    public bool HasOpt { get; private set; }

    /// <summary>Version of EDNS that is asked for; only 0 exists.</summary>
    public int EdnsVersion { get; private set; }

    /// <summary>Bytes an answer over UDP may have by the OPT record; 0 without one.</summary>
    public int UdpBytes { get; private set; }

    /// <summary>Reads a query of one question; null when it is malformed.</summary>
    public static DnsQuery? Read(ReadOnlySpan<byte> message)
    {
        DnsQuery query = new();
        if (message.Length < HeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != 1 || !query.ReadQuestion(message)) return null;
        bool hasOthers = BinaryPrimitives.ReadUInt32BigEndian(message[6..]) != 0;
        int additional = BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        return hasOthers || additional > MaxAdditional || !query.ReadAdditional(message, additional) ? null : query;
    }

    private bool ReadQuestion(ReadOnlySpan<byte> message)
    {
        StringBuilder name = new();
        int at = HeaderBytes;
        while (at < message.Length && message[at] != 0)
        {
            int length = message[at++];
            if (length > MaxLabelBytes || at + length >= message.Length || name.Length + length + 1 > MaxNameChars) return false;
            if (name.Length > 0) name.Append('.');

            // A dot inside a label is none between two.
            name.Append(Encoding.ASCII.GetString(message.Slice(at, length)).Replace('.', '?').ToLowerInvariant());
            at += length;
        }

        if (at + 5 > message.Length) return false;
        Name = name.ToString();
        Type = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 1)..]);
        Class = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 3)..]);
        QuestionEnd = at + 5;
        return true;
    }

    private bool ReadAdditional(ReadOnlySpan<byte> message, int count)
    {
        int at = QuestionEnd;
        for (int i = 0; i < count; i++)
        {
            bool isRoot = at < message.Length && message[at] == 0;
            if (!TrySkipName(message, ref at) || at + 10 > message.Length) return false;
            int type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]), size = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]);
            int version = message[at + 5], dataBytes = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            at += 10 + dataBytes;
            if (at > message.Length) return false;
            if (type != TypeOpt) continue;

            // RFC 6891 section 6.1.1: at most one, and owned by the root.
            if (HasOpt || !isRoot) return false;
            (HasOpt, EdnsVersion, UdpBytes) = (true, version, Math.Min(size, MaxEdnsBytes));
        }

        return true;
    }

    private static bool TrySkipName(ReadOnlySpan<byte> message, ref int at)
    {
        while (at < message.Length)
        {
            int length = message[at++];
            if (length == 0) return true;
            if (length >= FirstPointer) return ++at <= message.Length;
            if (length > MaxLabelBytes) return false;
            at += length;
        }

        return false;
    }
}
