using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.Platform;

/// <summary>TCP with no-delay, and TLS whose certificate is verified for the host name against the system's roots or given ones.</summary>
public sealed class DesktopStreamConnector : IStreamConnector
{
    private readonly X509Certificate2Collection _roots;

    /// <summary>Trusts the roots of the operating system.</summary>
    public DesktopStreamConnector()
        : this(null)
    {
    }

    /// <summary>Trusts exactly these roots; null = those of the operating system.</summary>
    public DesktopStreamConnector(X509Certificate2Collection roots)
    {
        _roots = roots;
    }

    /// <summary>Connects to the first address of the host that answers.</summary>
    public IByteStream Connect(string host, int port, bool useTls, int timeoutMs)
    {
        Stopwatch elapsed = Stopwatch.StartNew();
        IPAddress[] addresses = Resolve(host, timeoutMs);
        string failure = "it has no address";
        for (int i = 0; i < addresses.Length; i++)
        {
            int leftMs = timeoutMs - (int)elapsed.ElapsedMilliseconds;
            if (leftMs <= 0)
            {
                failure = "no answer within " + timeoutMs + " ms";
                break;
            }

            // Each address gets a fair part of the time, the last one all of it.
            Socket socket = TryConnect(addresses[i], port, leftMs / (addresses.Length - i), ref failure);
            if (socket == null) continue;
            if (!useTls) return new DesktopByteStream(socket, null, host);
            return new DesktopByteStream(socket, Authenticate(socket, host, timeoutMs - (int)elapsed.ElapsedMilliseconds), host);
        }

        throw new StreamFailedException("cannot reach " + host + " port " + port + ": " + failure
            + ". Is a server running there, and is the URL right?");
    }

    private static IPAddress[] Resolve(string host, int timeoutMs)
    {
        if (IPAddress.TryParse(host, out IPAddress literal)) return new[] { literal };
        try
        {
            Task<IPAddress[]> lookup = OnOwnThread(() => Dns.GetHostAddresses(host));
            if (lookup.Wait(timeoutMs)) return lookup.Result;
            Forget(lookup);
        }
        catch (AggregateException e)
        {
            throw new StreamFailedException("cannot find the host " + host + ": " + e.InnerException.Message);
        }

        throw new StreamFailedException("cannot find the host " + host + ": the name servers did not answer within " + timeoutMs + " ms");
    }

    private static Socket TryConnect(IPAddress address, int port, int timeoutMs, ref string failure)
    {
        Socket socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.NoDelay = true;
            Socket connecting = socket;

            // An asynchronous connect would leave the socket non-blocking, which makes each later read and write slower.
            Task<bool> connect = OnOwnThread(() =>
            {
                connecting.Connect(address, port);
                return true;
            });
            if (connect.Wait(timeoutMs)) return socket;
            failure = "no answer within " + timeoutMs + " ms";
            Forget(connect);
        }
        catch (AggregateException e)
        {
            failure = e.InnerException.Message;
        }
        catch (SocketException e)
        {
            failure = e.Message;
        }

        if (socket != null) socket.Dispose();
        return null;
    }

    // In the pool the call would wait behind whatever else keeps that busy, while its time runs.
    private static Task<T> OnOwnThread<T>(Func<T> call)
    {
        return Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    // The call is not waited for any more; its failure is nobody's.
    private static void Forget(Task call)
    {
        call.ContinueWith(task => task.Exception, TaskContinuationOptions.OnlyOnFaulted);
    }

    private SslStream Authenticate(Socket socket, string host, int timeoutMs)
    {
        SslClientAuthenticationOptions options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (_roots != null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_roots);
        }

        SslStream tls = new SslStream(new NetworkStream(socket, false));
        try
        {
            socket.ReceiveTimeout = timeoutMs > 0 ? timeoutMs : 1;
            socket.SendTimeout = socket.ReceiveTimeout;
            tls.AuthenticateAsClient(options);
            return tls;
        }
        catch (Exception e) when (e is AuthenticationException || e is IOException || e is SocketException)
        {
            socket.Dispose();
            string why = e.InnerException == null ? e.Message : e.Message + " (" + e.InnerException.Message + ")";
            throw new StreamFailedException("TLS with " + host + " failed: " + why.TrimEnd('.')
                + ". Is it an https relay, and does this computer trust its certificate?");
        }
    }
}
