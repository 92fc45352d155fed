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
    /// <summary>Largest answer over UDP to who names no size.</summary>
    internal const int MaxUdpBytes = 512;

    private const string Label = "_iroh";
    private const int TypeTxt = 16;
    private const int TypeAny = 255;
    private const int ClassIn = 1;
    private const int ClassAny = 255;
    private const int Response = 0x8000;
    private const int Authoritative = 0x0400;
    private const int RecursionDesired = 0x0100;
    private const int Truncated = 0x0200;
    private const int FormatError = 1;
    private const int NoSuchName = 3;
    private const int NotImplemented = 4;
    private const int Refused = 5;
    private const int BadVersion = 16;
    private const int MaxStringBytes = 255;

    private readonly string _origin = origin.Trim('.').ToLowerInvariant();
    private readonly string _suffix = "." + origin.Trim('.').ToLowerInvariant();

    /// <summary>The answer to a query; null when the bytes deserve none.</summary>
    /// <param name="message">The query.</param>
    /// <param name="maxBytes">Bytes the answer may have; an OPT record in the query may allow more.</param>
    internal byte[]? To(ReadOnlySpan<byte> message, int maxBytes)
    {
        if (message.Length < DnsQuery.HeaderBytes) return null;
        int flags = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        if ((flags & Response) != 0) return null;
        if ((flags & 0x7800) != 0) return Build(message, null, NotImplemented, null);
        if (DnsQuery.Read(message) is not { } query) return Build(message, null, FormatError, null);

        int code = CodeFor(query, out TxtAnswers? found);
        byte[] answer = Build(message, query, code, query.Type is TypeTxt or TypeAny ? found : null);
        if (answer.Length <= Math.Max(maxBytes, query.UdpBytes)) return answer;
        byte[] cut = Build(message, query, code, null);
        cut[2] |= Truncated >> 8;
        return cut;
    }

    // A name that exists only because something is below it exists all the same (RFC 8020): resolvers ask for it first.
    private int CodeFor(DnsQuery query, out TxtAnswers? found)
    {
        found = null;
        if (query.EdnsVersion > 0) return BadVersion;
        if (query.Class is not ClassIn and not ClassAny) return Refused;
        if (query.Name == _origin) return 0;
        if (!query.Name.EndsWith(_suffix, StringComparison.Ordinal)) return Refused;

        string[] labels = query.Name[..^_suffix.Length].Split('.');
        EndpointId? id = store.ParseId(labels[^1]);
        TxtAnswers? kept = id == null ? null : store.Answers(id);
        if (kept == null || labels.Length > 2) return NoSuchName;
        if (labels.Length == 1) return 0;
        if (labels[0] != Label) return NoSuchName;
        found = kept;
        return 0;
    }

    private static byte[] Build(ReadOnlySpan<byte> asked, DnsQuery? query, int code, TxtAnswers? found)
    {
        List<byte> message = new(DnsQuery.MaxEdnsBytes);
        int recursion = BinaryPrimitives.ReadUInt16BigEndian(asked[2..]) & RecursionDesired;
        message.AddRange(asked[..2]);
        Add16(message, Response | (code is 0 or NoSuchName ? Authoritative : 0) | recursion | (code & 0xf));
        Add16(message, query == null ? 0 : 1);
        Add16(message, found?.Count ?? 0);
        Add16(message, 0);
        Add16(message, query is { HasOpt: true } ? 1 : 0);
        if (query != null) message.AddRange(asked[DnsQuery.HeaderBytes..query.QuestionEnd]);
        for (int i = 0; i < (found?.Count ?? 0); i++) AddTxt(message, found!.Strings[i], (int)Math.Min(found.TtlSeconds, int.MaxValue));
        if (query is not { HasOpt: true }) return message.ToArray();

        // RFC 6891 section 6.1: the root, OPT, our size, the upper bits of the code, version 0, no options.
        message.Add(0);
        Add16(message, DnsQuery.TypeOpt);
        Add16(message, DnsQuery.MaxEdnsBytes);
        Add16(message, code >> 4 << 8);
        Add16(message, 0);
        Add16(message, 0);
        return message.ToArray();
    }

    // The owner is the name in the question; a text that is longer than a string may be is several.
    private static void AddTxt(List<byte> message, string text, int ttlSeconds)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int strings = Math.Max(1, (bytes.Length + MaxStringBytes - 1) / MaxStringBytes);
        Add16(message, 0xc000 | DnsQuery.HeaderBytes);
        Add16(message, TypeTxt);
        Add16(message, ClassIn);
        Add16(message, ttlSeconds >> 16);
        Add16(message, ttlSeconds);
        Add16(message, bytes.Length + strings);
        for (int i = 0; i < strings; i++)
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(i * MaxStringBytes, Math.Min(MaxStringBytes, bytes.Length - i * MaxStringBytes));
            message.Add((byte)part.Length);
            message.AddRange(part);
        }
    }

    private static void Add16(List<byte> message, int value)
    {
        message.Add((byte)(value >> 8));
        message.Add((byte)value);
    }
}
