using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NanoSurface.Api;

/// <summary>Writes one listed assembly as C# that compiles: every member gets a body that throws, nothing is added to the surface.</summary>
internal sealed class SourceWriter(IReadOnlyDictionary<string, ApiType> classesByName)
{
    private const string Body = " { throw null; }";

    public string Write(ApiAssembly assembly)
    {
        StringBuilder source = new();
        foreach (IGrouping<string, (string Namespace, ApiType Type)> group in assembly.Types.GroupBy(t => t.Namespace))
        {
            source.Append("namespace ").Append(group.Key).AppendLine(" {");
            foreach ((string ns, ApiType type) in group) WriteType(source, ns, type);
            source.AppendLine("}");
        }
        return source.ToString();
    }

    private void WriteType(StringBuilder source, string ns, ApiType type)
    {
        string attributes = ApiText.AttributesOf(type.Header);
        string header = ApiText.WithoutAttributes(type.Header);
        string kind = ApiText.KindOf(type.Header)!;
        if (type.IsOneLine)
        {
            source.Append(attributes).Append("public ").Append(header).AppendLine(kind == "delegate" ? ";" : "");
            return;
        }
        source.Append(attributes).Append("public ").Append(header.Replace(kind + " ", "partial " + kind + " ")).AppendLine(" {");
        foreach (string member in type.Members)
            source.Append("  ").Append(ListingFixups.AttributesOf(ns + "." + type.Name, member)).AppendLine(Member(type, kind, member));
        if (kind == "class" && !header.Contains("static ") && !type.Members.Exists(m => IsConstructor(type, m)))
            source.AppendLine("  " + ImplicitConstructor(ns, type, header));
        source.AppendLine(ListingFixups.ExtraMembers(ns + "." + type.Name));
        foreach (ApiType nested in type.Nested) WriteType(source, ns + "." + type.Name, nested);
        source.AppendLine("}");
    }

    private string Member(ApiType type, string kind, string member)
    {
        bool inInterface = kind == "interface";
        string access = inInterface || member.StartsWith("protected ", StringComparison.Ordinal) ? "" : "public ";
        bool bodiless = inInterface || (" " + member).Contains(" abstract ");
        string start = access + member;
        int open = member.IndexOf('('), assign = member.IndexOf('=');

        if (member.StartsWith("const ", StringComparison.Ordinal) || (" " + member).Contains(" event ")) return start + ";";
        if (member.Contains(" operator ")) return start + Body;
        if (member.Contains("{ get") || member.Contains("{ set"))
        {
            int at = member.LastIndexOf('{');
            string accessors = member[at..];
            if (!bodiless) accessors = accessors.Replace("get;", "get" + Body).Replace("set;", "set" + Body);
            return access + member[..at] + accessors;
        }
        if (open < 0 || (assign >= 0 && assign < open)) return access + (assign < 0 ? member : member[..assign].TrimEnd()) + ";";
        if (bodiless) return start + ";";
        return IsConstructor(type, member) ? start + BaseCall(type) + Body : start + Body;
    }

    private static bool IsConstructor(ApiType type, string member)
    {
        int open = member.IndexOf('(');
        return open > 0 && member[..open].Split(' ')[^1] == type.Name && member[..open].Split(' ').All(w => w == type.Name || w is "protected" or "unsafe");
    }

    /// <summary>A class without a listed constructor has an implicit public one or only hidden ones; see ListingFixups.</summary>
    private string ImplicitConstructor(string ns, ApiType type, string header)
    {
        string access = header.Contains("abstract ") ? "protected "
            : ListingFixups.HasImplicitConstructor(ns + "." + type.Name) || Bases(type).Contains("Attribute") ? "public " : "internal ";
        return access + type.Name + "()" + BaseCall(type) + Body;
    }

    /// <summary>": base(default(…))" where the base class has no parameterless constructor.</summary>
    private string BaseCall(ApiType type)
    {
        if (ApiText.KindOf(type.Header) != "class" || Bases(type).FirstOrDefault() is not string name) return "";
        if (!classesByName.TryGetValue(name, out ApiType? parent)) return "";
        List<string> constructors = parent.Members.FindAll(m => IsConstructor(parent, m));
        if (constructors.Count == 0 || constructors.Exists(c => ApiText.ParametersOf(c).Trim().Length == 0)) return "";
        IEnumerable<string> types = ApiText.ParametersOf(constructors[0]).Split(',').Select(p => p.Split('=')[0].Trim().Split(' ')[0]);
        return " : base(" + string.Join(", ", types.Select(t => "default(" + t.TrimEnd('?') + ")")) + ")";
    }

    private static string[] Bases(ApiType type)
    {
        int colon = type.Header.IndexOf(" : ", StringComparison.Ordinal);
        return colon < 0 ? [] : type.Header[(colon + 3)..].Split(',', StringSplitOptions.TrimEntries);
    }
}
