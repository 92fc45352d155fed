using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Access;

/// <summary>Lets every proven id in.</summary>
public sealed class EveryoneAccess : IRelayAccess
{
    /// <inheritdoc/>
    public ValueTask<AccessRefusal?> RefusalAsync(RelayClientInfo client, CancellationToken cancellation) => new((AccessRefusal?)null);
}
