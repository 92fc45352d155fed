using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Access;

/// <summary>Decides, after a client proved its id, whether it may use the relay.</summary>
public interface IRelayAccess
{
    /// <summary>Null lets the client in; else why not.</summary>
    ValueTask<AccessRefusal?> RefusalAsync(RelayClientInfo client, CancellationToken cancellation);
}
