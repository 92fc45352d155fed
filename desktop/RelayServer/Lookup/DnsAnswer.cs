using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using IrohLite.Discovery;
using IrohLite.Identity;

namespace IrohLite.RelayServer.Lookup;

/// <summary>Answers one DNS message (RFC 1035) about "_iroh.&lt;z32&gt;.&lt;origin&gt;" from the store.</summary>
internal sealed class DnsAnswer(PkarrStore store, string origin)
{
    internal const int MaxUdpBytes = 512;

    private const int HeaderBytes = 12;
    private const int TypeTxt = 16;
    private const int TypeAny = 255;
    private const int Response = 0x8400;
    private const int RecursionDesired = 0x0100;
    private const int Truncated = 0x0200;
    private const int FormatError = 1;
    private const int NoSuchName = 3;
    private const int NotImplemented = 4;
    private const int Refused = 5;

    private readonly string _suffix = "." + origin.Trim('.').ToLowerInvariant();

    /// <summary>The answer to a query; null when the bytes deserve none.</summary>
    internal byte[]? To(ReadOnlySpan<byte> query, int maxBytes)
    {
        if (query.Length < HeaderBytes) return null;
        int flags = BinaryPrimitives.ReadUInt16BigEndian(query[2..]);
        if ((flags & 0x8000) != 0) return null;
        if ((flags & 0x7800) != 0) return Build(query, 0, NotImplemented, [], maxBytes);
        if (BinaryPrimitives.ReadUInt16BigEndian(query[4..]) != 1 || !TryReadQuestion(query, out string name, out int type, out int end))
            return Build(query, 0, FormatError, [], maxBytes);
        if (!name.EndsWith(_suffix, StringComparison.Ordinal)) return Build(query, end, Refused, [], maxBytes);

        string[]? strings = StringsOf(name[..^_suffix.Length]);
        if (strings == null) return Build(query, end, NoSuchName, [], maxBytes);
        return Build(query, end, 0, type is TypeTxt or TypeAny ? strings : [], maxBytes);
    }

    private string[]? StringsOf(string label)
    {
        const string Prefix = "_iroh.";
        EndpointId? id = label.StartsWith(Prefix, StringComparison.Ordinal) ? store.ParseId(label[Prefix.Length..]) : null;
        return id == null ? null : store.Strings(id);
    }

    private static bool TryReadQuestion(ReadOnlySpan<byte> query, out string name, out int type, out int end)
    {
        StringBuilder text = new();
        (name, type, end) = ("", 0, 0);
        int at = HeaderBytes;
        while (at < query.Length && query[at] != 0)
        {
            int length = query[at++];
            if (length > 63 || at + length >= query.Length || text.Length + length > 255) return false;
            if (text.Length > 0) text.Append('.');
            text.Append(Encoding.ASCII.GetString(query.Slice(at, length)).ToLowerInvariant());
            at += length;
        }

        if (at + 5 > query.Length) return false;
        type = BinaryPrimitives.ReadUInt16BigEndian(query[(at + 1)..]);
        (name, end) = (text.ToString(), at + 5);
        return true;
    }

    private static byte[] Build(ReadOnlySpan<byte> query, int questionEnd, int code, string[] strings, int maxBytes)
    {
        List<byte> message = new(HeaderBytes + 256);
        int asked = BinaryPrimitives.ReadUInt16BigEndian(query[2..]);
        message.AddRange(query[..2]);
        Add16(message, Response | (asked & RecursionDesired) | code);
        Add16(message, questionEnd > 0 ? 1 : 0);
        Add16(message, strings.Length);
        Add16(message, 0);
        Add16(message, 0);
        if (questionEnd > 0) message.AddRange(query[HeaderBytes..questionEnd]);
        foreach (string text in strings)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Add16(message, 0xc000 | HeaderBytes);
            Add16(message, TypeTxt);
            Add16(message, 1);
            Add16(message, 0);
            Add16(message, DnsTxt.TtlSeconds);
            Add16(message, bytes.Length + 1);
            message.Add((byte)bytes.Length);
            message.AddRange(bytes);
        }

        if (message.Count <= maxBytes) return message.ToArray();
        byte[] cut = Build(query, questionEnd, code, [], maxBytes);
        cut[2] |= Truncated >> 8;
        return cut;
    }

    private static void Add16(List<byte> message, int value)
    {
        message.Add((byte)(value >> 8));
        message.Add((byte)value);
    }
}
