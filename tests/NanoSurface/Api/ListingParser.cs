using System;
using System.Collections.Generic;
using System.IO;

namespace NanoSurface.Api;

/// <summary>
/// Reads the signature listing: "## assembly" headings, a fenced text block each, "namespace" and type headers at column 0,
/// members indented by two, members of nested types by four.
/// </summary>
internal static class ListingParser
{
    public static List<ApiAssembly> Parse(params string[] files)
    {
        Dictionary<string, ApiAssembly> byName = [];
        List<ApiAssembly> assemblies = [];
        foreach (string file in files)
        {
            ApiAssembly? current = null;
            bool inBlock = false;
            string ns = "";
            ApiType? type = null, nested = null;
            int number = 0;
            foreach (string raw in File.ReadLines(file))
            {
                number++;
                string line = ApiText.WithoutComment(ApiText.Clean(raw));
                if (raw.StartsWith("## ", StringComparison.Ordinal))
                {
                    string? name = ListingFixups.AssemblyOfHeading(raw[3..]);
                    current = name == null ? null : byName.TryGetValue(name, out ApiAssembly? known) ? known : null;
                    if (name != null && current == null)
                    {
                        current = byName[name] = new ApiAssembly(name);
                        assemblies.Add(current);
                    }
                    continue;
                }
                if (raw.StartsWith("```", StringComparison.Ordinal))
                {
                    inBlock = !inBlock;
                    type = nested = null;
                    continue;
                }
                if (!inBlock || current == null || line.Trim().Length == 0 || ListingFixups.IsLeftOut(line)) continue;

                int indent = line.Length - line.TrimStart().Length;
                string text = line.Trim();
                if (indent == 0 && text.StartsWith("namespace ", StringComparison.Ordinal))
                {
                    ns = text["namespace ".Length..];
                }
                else if (indent == 0)
                {
                    type = current.Merge(ns, text);
                    nested = null;
                }
                else if (indent == 2 && type != null && ApiText.IsTypeHeader(text))
                {
                    nested = type.Nested.Find(n => n.Header == text);
                    if (nested == null) type.Nested.Add(nested = new ApiType(text));
                }
                else if (indent is 2 or 4 && type != null)
                {
                    ApiType owner = indent == 4 ? nested ?? throw Broken(file, number, raw) : type;
                    if (!owner.Members.Contains(text)) owner.Members.Add(text);
                }
                else
                {
                    throw Broken(file, number, raw);
                }
            }
        }
        return assemblies;
    }

    private static FormatException Broken(string file, int line, string text) =>
        new(Path.GetFileName(file) + " line " + line + ": not understood: " + text);
}
