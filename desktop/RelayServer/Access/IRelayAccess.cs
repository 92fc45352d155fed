using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Access;

/// <summary>Decides, after a client proved its id, whether it may use the relay.</summary>
public interface IRelayAccess
{
    /// <summary>Null lets the client in; else the reason it is told.</summary>
    ValueTask<string?> RefusalAsync(RelayClientInfo client, CancellationToken cancellation);
}
