using System.Text.Json.Nodes;
using System.Threading;

namespace IrohLite.Interop;

/// <summary>A protocol handler in front of another one, which tells the script of each connection's start and end.</summary>
internal sealed class EchoWatch(Peer peer, Answers answers, int endpoint, IProtocolHandler inner) : IProtocolHandler
{
    public void Handle(IrohConnection connection)
    {
        int number = peer.Add(connection);
        answers.Event("accepted", new JsonObject
        {
            ["endpoint"] = endpoint,
            ["connection"] = number,
            ["remoteId"] = connection.RemoteId.ToString(),
            ["alpn"] = connection.Alpn,
            ["path"] = connection.PathText,
        });
        try
        {
            inner.Handle(connection);
        }
        catch (IrohException)
        {
            // The end of the connection is told below; a stream that was given up is not the end of it.
            connection.WaitClosed(Timeout.Infinite);
        }

        answers.Event("closed", new JsonObject
        {
            ["endpoint"] = endpoint,
            ["connection"] = number,
            ["keyUpdates"] = connection.KeyUpdates,
            ["packetsReceived"] = connection.PacketsReceived,
            ["packetsLost"] = connection.PacketsLost,
            ["close"] = connection.CloseInfo == null ? null : Answers.CloseOf(connection.CloseInfo),
        });
        peer.Forget(number);
    }
}
