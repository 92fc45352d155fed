using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Access;

/// <summary>Lets in who presents one of the shared tokens.</summary>
public sealed class TokenAccess : IRelayAccess
{
    private readonly byte[][] _tokens;

    /// <summary>Takes the tokens; throws <see cref="ArgumentException"/> when there is none, or an empty one.</summary>
    public TokenAccess(IEnumerable<string> tokens)
    {
        _tokens = tokens.Select(Encoding.UTF8.GetBytes).ToArray();
        if (_tokens.Length == 0) throw new ArgumentException("no access token is given: --access token wants --token T beside it");
        if (_tokens.Any(token => token.Length == 0)) throw new ArgumentException("an access token is empty");
    }

    /// <inheritdoc/>
    public ValueTask<AccessRefusal?> RefusalAsync(RelayClientInfo client, CancellationToken cancellation)
    {
        bool isKnown = false;
        if (client.Token != null)
        {
            byte[] presented = Encoding.UTF8.GetBytes(client.Token);
            foreach (byte[] token in _tokens) isKnown |= CryptographicOperations.FixedTimeEquals(token, presented);
        }

        return new ValueTask<AccessRefusal?>(isKnown ? null : AccessRefusal.NotAuthorized);
    }
}
