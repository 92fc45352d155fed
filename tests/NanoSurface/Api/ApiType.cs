using System.Collections.Generic;

namespace NanoSurface.Api;

/// <summary>One type of the listing: its header line, its member lines and its nested types, as text.</summary>
internal sealed class ApiType(string header)
{
    /// <summary>The header without attributes, e.g. "sealed class Socket : IDisposable", or a whole enum or delegate.</summary>
    public string Header { get; } = header;

    /// <summary>Member lines in listing order, each once.</summary>
    public List<string> Members { get; } = [];

    public List<ApiType> Nested { get; } = [];

    /// <summary>The last word before any base list, type parameters kept out: "Socket".</summary>
    public string Name { get; } = ApiText.NameOf(header);

    public bool IsOneLine => ApiText.KindOf(Header) is "enum" or "delegate";
}

/// <summary>One assembly of the listing, namespace by namespace.</summary>
internal sealed class ApiAssembly(string name)
{
    public string Name { get; } = name;

    public List<(string Namespace, ApiType Type)> Types { get; } = [];

    /// <summary>Finds or adds a type: the listing repeats partial types, once per source file.</summary>
    public ApiType Merge(string ns, string header)
    {
        string name = ApiText.NameOf(header);
        bool oneLine = ApiText.KindOf(header) is "enum" or "delegate";
        foreach ((string Namespace, ApiType Type) entry in Types)
            if (entry.Namespace == ns && entry.Type.Name == name && (!oneLine || entry.Type.Header == header)) return entry.Type;
        ApiType type = new(header);
        Types.Add((ns, type));
        return type;
    }
}
