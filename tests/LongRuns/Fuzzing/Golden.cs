using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IrohLite.Tests;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>Good inputs from the recorded transcripts of tests/vectors.</summary>
internal static class Golden
{
    private static readonly string[] Quic = { "golden_client_role", "golden_server_role", "golden_keyupdate_server_role", "golden_multipath_server" };

    /// <summary>Recorded UDP datagrams: the first forty of each transcript.</summary>
    public static List<byte[]> Datagrams()
    {
        List<byte[]> all = new();
        foreach (string name in Quic)
        {
            using JsonDocument document = Vectors.Open("quic/" + name + ".json");
            if (!document.RootElement.TryGetProperty("datagrams", out JsonElement datagrams)) continue;
            all.AddRange(datagrams.EnumerateArray().Take(40)
                .Select(d => d.EnumerateArray().Last(e => e.ValueKind == JsonValueKind.String && e.GetString().Length > 40).GetString()).Select(Convert.FromHexString));
        }

        return all;
    }

    /// <summary>All recorded TLS messages, each with its header.</summary>
    public static List<byte[]> TlsMessages()
    {
        List<byte[]> all = new();
        foreach (string name in Quic)
        {
            using JsonDocument document = Vectors.Open("quic/" + name + ".json");
            byte[] stream = document.RootElement.Bytes("tls_transcript");
            for (int at = 0; at < stream.Length;)
            {
                int length = 4 + (stream[at + 1] << 16 | stream[at + 2] << 8 | stream[at + 3]);
                all.Add(stream.AsSpan(at, length).ToArray());
                at += length;
            }
        }

        return all;
    }

    /// <summary>The hexadecimal strings below a member of a vector file, by the name of their field.</summary>
    public static List<byte[]> Hex(string file, string member, params string[] fields)
    {
        using JsonDocument document = Vectors.Open(file);
        List<byte[]> found = new();
        Collect(document.RootElement.GetProperty(member), fields, found);
        return found;
    }

    /// <summary>The plain strings below a member of a vector file, by the name of their field.</summary>
    public static List<string> Texts(string file, string member, params string[] fields)
    {
        using JsonDocument document = Vectors.Open(file);
        List<string> found = new();
        CollectTexts(document.RootElement.GetProperty(member), fields, found);
        return found;
    }

    private static void Collect(JsonElement element, string[] fields, List<byte[]> found)
    {
        List<string> texts = new();
        CollectTexts(element, fields, texts);
        found.AddRange(texts.Select(Convert.FromHexString));
    }

    private static void CollectTexts(JsonElement element, string[] fields, List<string> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray()) CollectTexts(item, fields, found);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.String && fields.Contains(property.Name)) found.Add(property.Value.GetString());
                else CollectTexts(property.Value, fields, found);
            }
        }
    }
}
