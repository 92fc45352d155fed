using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Access;

/// <summary>
/// Asks an HTTP service about each client: POST with the id in the header X-Iroh-NodeId. Only status 200 with the body
/// "true" lets it in; everything else, errors included, does not. A service that answers with another 200, 401 or 403 has refused; one
/// that answers otherwise or not at all has not decided.
/// </summary>
public sealed class HttpAccess : IRelayAccess, IDisposable
{
    private const string Yes = "true";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The time for the whole answer is kept below.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri _url;
    private readonly string? _bearerToken;
    private readonly TimeSpan _patience;

    /// <summary>Takes the service's URL and the bearer token it wants, if any.</summary>
    public HttpAccess(Uri url, string? bearerToken)
        : this(url, bearerToken, Patience)
    {
    }

    internal HttpAccess(Uri url, string? bearerToken, TimeSpan patience)
    {
        _url = url;
        _bearerToken = bearerToken;
        _patience = patience;
    }

    /// <inheritdoc/>
    public async ValueTask<AccessRefusal?> RefusalAsync(RelayClientInfo client, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _url);
        request.Headers.Add("X-Iroh-NodeId", client.EndpointId);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(_patience);
        if (_bearerToken != null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _bearerToken);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return AccessRefusal.NotAuthorized;
            if (response.StatusCode != HttpStatusCode.OK) return AccessRefusal.Undecided("it answered with status " + (int)response.StatusCode);
            await using Stream body = await response.Content.ReadAsStreamAsync(end.Token);

            // One byte more than the only good answer, so that a longer one is seen as such.
            byte[] text = new byte[Yes.Length + 1];
            int count = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, end.Token);
            return Encoding.ASCII.GetString(text, 0, count) == Yes ? null : AccessRefusal.NotAuthorized;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return AccessRefusal.Undecided($"no answer within {_patience.TotalSeconds} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return AccessRefusal.Undecided(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
