using IrohLite.Tickets;

namespace IrohLite.Protocols;

/// <summary>Answers the requests of one irpc protocol.</summary>
public interface IIrpcService
{
    /// <summary>
    /// Reads one request and answers it. Called on the connection's thread; several connections call at the same time.
    /// </summary>
    /// <param name="connection">Who asks.</param>
    /// <param name="request">The request's postcard bytes; bytes left behind the value are ignored.</param>
    /// <param name="answer">Takes the answer's frames.</param>
    /// <returns>False when the request cannot be decoded: the connection is closed with code 0, as upstream does.</returns>
    bool Answer(IrohConnection connection, PostcardReader request, IrpcAnswer answer);
}
