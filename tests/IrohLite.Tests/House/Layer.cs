using System;
using System.Collections.Generic;
using System.Linq;

namespace IrohLite.Tests.House;

/// <summary>One row of the layer table (docs/architecture.md): a folder, its namespace, and the folders it may use besides itself.</summary>
internal sealed class Layer
{
    /// <summary>
    /// Most specific folder first. "Tls!" in a list means the vocabulary of that folder only: constants, alerts and length-prefixed
    /// vectors, which messages and extensions share with the state machines.
    /// </summary>
    public static readonly Layer[] All =
    [
        new("lib/IrohLite/IrohLite.Core/Buffers", "IrohLite.Buffers", true),
        new("lib/IrohLite/IrohLite.Core/Text", "IrohLite.Text", true, "Buffers"),
        new("lib/IrohLite/IrohLite.Core/Diagnostics", "IrohLite.Diagnostics", true, "Buffers", "Text"),
        new("lib/IrohLite/IrohLite.Core/Crypto", "IrohLite.Crypto", true, "Buffers", "Text", "Diagnostics"),
        new("lib/IrohLite/IrohLite.Core/Identity", "IrohLite.Identity", true, "Buffers", "Text", "Diagnostics", "Crypto"),
        new("lib/IrohLite/IrohLite.Core/Tickets", "IrohLite.Tickets", true, "Buffers", "Text", "Diagnostics", "Crypto", "Identity"),
        new("lib/IrohLite/IrohLite.Tls/Tls/Messages", "IrohLite.Tls", true, "Buffers", "Text", "Diagnostics", "Extensions", "Tls!"),
        new("lib/IrohLite/IrohLite.Tls/Tls/Extensions", "IrohLite.Tls", true, "Buffers", "Text", "Diagnostics", "Messages", "Tls!"),
        new("lib/IrohLite/IrohLite.Tls/Tls", "IrohLite.Tls", true, "Buffers", "Text", "Diagnostics", "Crypto", "Identity", "Messages", "Extensions"),
        new("lib/IrohLite/IrohLite.Quic/Quic/Wire", "IrohLite.Quic", true, "Buffers", "Text", "Diagnostics"),
        new("lib/IrohLite/IrohLite.Quic/Quic/Protection", "IrohLite.Quic", true, "Buffers", "Text", "Diagnostics", "Crypto", "Wire"),
        new("lib/IrohLite/IrohLite.Quic/Quic/Recovery", "IrohLite.Quic", true, "Buffers", "Text", "Diagnostics", "Wire"),
        new("lib/IrohLite/IrohLite.Quic/Quic/Streams", "IrohLite.Quic", true, "Buffers", "Text", "Diagnostics", "Wire"),
        new("lib/IrohLite/IrohLite.Quic/Quic/Connection", "IrohLite.Quic", true,
            "Buffers", "Text", "Diagnostics", "Crypto", "Identity", "Tls", "Wire", "Protection", "Recovery", "Streams"),
        new("lib/IrohLite/IrohLite.Quic/Quic/Demux", "IrohLite.Quic", true,
            "Buffers", "Text", "Diagnostics", "Crypto", "Identity", "Tls", "Wire", "Protection", "Recovery", "Streams", "Connection"),
        new("lib/IrohLite/IrohLite.Relay/Relay", "IrohLite.Relay", true, "Buffers", "Text", "Diagnostics", "Crypto", "Identity"),
        new("lib/IrohLite/IrohLite.Relay/Records", "IrohLite.Discovery", true, "Buffers", "Text", "Diagnostics", "Crypto", "Identity"),
        new("lib/IrohLite/IrohLite/Platform", "IrohLite.Platform", false, "Buffers", "Text", "Diagnostics", "Crypto"),
        new("lib/IrohLite/IrohLite/Discovery", "IrohLite.Discovery", false, "Buffers", "Text", "Diagnostics", "Crypto", "Identity", "Records", "Platform"),
        new("lib/IrohLite/IrohLite/Endpoint", "IrohLite", false,
            "Buffers", "Text", "Diagnostics", "Crypto", "Identity", "Tickets", "Tls", "Wire", "Streams", "Connection", "Demux", "Relay", "Discovery", "Platform"),
        new("lib/IrohLite/IrohLite/Protocols", "IrohLite.Protocols", false, "Buffers", "Text", "Diagnostics", "Identity", "Tickets", "Endpoint"),
    ];

    private Layer(string folder, string ns, bool isPure, params string[] uses)
    {
        Folder = folder;
        Namespace = ns;
        IsPure = isPure;
        Uses = uses;
    }

    public string Folder { get; }

    public string Name => Folder[(Folder.LastIndexOf('/') + 1)..];

    public string Namespace { get; }

    /// <summary>Layers 0 to 5: no socket, thread, clock or randomness of their own.</summary>
    public bool IsPure { get; }

    public IReadOnlyList<string> Uses { get; }

    /// <summary>The row a file belongs to, or null outside the layered folders.</summary>
    public static Layer Of(string path) => All.FirstOrDefault(l => path.StartsWith(l.Folder + "/", StringComparison.Ordinal));
}
