using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace IrohLite.Platform;

/// <summary>
/// TCP with no-delay, and TLS 1.2 or 1.3 whose certificate is verified for the host name against pinned roots. Name lookup and the
/// TLS handshake stop every thread of the device while they last, and no timeout can be put on them.
/// </summary>
public sealed class NanoStreamConnector : IStreamConnector
{
    private readonly X509Certificate _roots;

    /// <summary>
    /// Trusts the roots in one PEM text; null = those stored in the device's configuration. The clock must be right before TLS is used,
    /// because certificates have dates.
    /// </summary>
    public NanoStreamConnector(string rootsPem)
    {
        if (rootsPem != null) _roots = new X509Certificate(rootsPem);
    }

    /// <summary>Connects to the host's first address. The timeout bounds only what the runtime lets it bound.</summary>
    public IByteStream Connect(string host, int port, bool useTls, int timeoutMs)
    {
        Socket socket = null;
        SslStream tls = null;
        try
        {
            IPHostEntry entry = Dns.GetHostEntry(host);
            if (entry.AddressList.Length == 0) throw new StreamFailedException("cannot find the host " + host);
            socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
            socket.SendTimeout = timeoutMs;
            socket.ReceiveTimeout = timeoutMs;
            socket.Connect(new IPEndPoint(entry.AddressList[0], port));
            if (!useTls) return new NanoByteStream(socket, new NetworkStream(socket, false), host);
            tls = new SslStream(socket);
            tls.SslVerification = SslVerification.CertificateRequired;
            tls.AuthenticateAsClient(host, null, _roots, SslProtocols.Tls12 | SslProtocols.Tls13);
            return new NanoByteStream(socket, tls, host);
        }
        catch (StreamFailedException)
        {
            throw;
        }
        catch (Exception e)
        {
            if (tls != null) tls.Dispose();
            if (socket != null) socket.Close();
            throw new StreamFailedException(Explain(host, port, tls != null, e));
        }
    }

    private static string Explain(string host, int port, bool isTls, Exception e)
    {
        SocketException socketFault = e as SocketException;
        string why = socketFault == null ? e.Message : "socket error " + socketFault.ErrorCode.ToString();
        return isTls
            ? "TLS with " + host + " failed: " + why + ". Is the clock right, and is its root pinned?"
            : "cannot reach " + host + " port " + port.ToString() + ": " + why;
    }
}
