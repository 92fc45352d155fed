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
/// "true" lets it in; everything else, errors included, does not.
/// </summary>
public sealed class HttpAccess : IRelayAccess, IDisposable
{
    private const string Yes = "true";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout };
    private readonly Uri _url;
    private readonly string? _bearerToken;

    /// <summary>Takes the service's URL and the bearer token it wants, if any.</summary>
    public HttpAccess(Uri url, string? bearerToken)
    {
        _url = url;
        _bearerToken = bearerToken;
    }

    /// <inheritdoc/>
    public async ValueTask<string?> RefusalAsync(RelayClientInfo client, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _url);
        request.Headers.Add("X-Iroh-NodeId", client.EndpointId);
        if (_bearerToken != null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _bearerToken);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode != HttpStatusCode.OK) return RelayClientInfo.NotAuthorized;
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellation);

            // One byte more than the only good answer, so that a longer one is seen as such.
            byte[] text = new byte[Yes.Length + 1];
            int count = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation);
            return Encoding.ASCII.GetString(text, 0, count) == Yes ? null : RelayClientInfo.NotAuthorized;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return RelayClientInfo.NotAuthorized;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
