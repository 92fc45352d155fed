using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Crypto;
using IrohLite.Identity;

namespace IrohLite.RelayServer.Access;

/// <summary>Lets only the listed ids in, or all but the listed ones.</summary>
public sealed class ListAccess(IEnumerable<string> endpointIds, bool listedAreAllowed) : IRelayAccess
{
    private readonly FrozenSet<string> _ids = endpointIds.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Reads a file with one id per line, hex or base32; empty lines and lines that begin with # are skipped. Throws
    /// <see cref="FormatException"/> that names the line.
    /// </summary>
    public static ListAccess FromFile(string path, bool listedAreAllowed, ICryptoProvider crypto)
    {
        List<string> ids = [];
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#')) continue;
            if (!EndpointId.TryParse(text, crypto, out EndpointId id)) throw new FormatException($"{path}, line {number}: not an endpoint id");
            ids.Add(id.ToString());
        }

        return new ListAccess(ids, listedAreAllowed);
    }

    /// <inheritdoc/>
    public ValueTask<AccessRefusal?> RefusalAsync(RelayClientInfo client, CancellationToken cancellation) =>
        new(_ids.Contains(client.EndpointId) == listedAreAllowed ? null : AccessRefusal.NotAuthorized);
}
