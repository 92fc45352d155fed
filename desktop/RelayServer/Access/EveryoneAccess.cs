using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Access;

/// <summary>Lets every proven id in.</summary>
public sealed class EveryoneAccess : IRelayAccess
{
    /// <inheritdoc/>
    public ValueTask<string?> RefusalAsync(RelayClientInfo client, CancellationToken cancellation) => new((string?)null);
}
