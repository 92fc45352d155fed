using System.IO;
using System.Net;
using System.Threading.Tasks;
using IrohLite.Discovery;
using IrohLite.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IrohLite.RelayServer.Lookup;

/// <summary>PUT and GET of signed packets at /pkarr/&lt;z-base-32 id&gt;, with the status codes of the real server.</summary>
internal static class PkarrPages
{
    internal static void Map(WebApplication app, PkarrStore store, PutLimiter limiter)
    {
        app.MapPut("/pkarr/{id}", context => PutAsync(context, store, limiter));
        app.MapGet("/pkarr/{id}", context => GetAsync(context, store));
        app.MapMethods("/pkarr/{id}", [HttpMethods.Options], Preflight);
    }

    // A browser asks before it puts.
    private static Task Preflight(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlAllowMethods = "GET, PUT, OPTIONS";
        context.Response.Headers.AccessControlAllowHeaders = "*";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task PutAsync(HttpContext context, PkarrStore store, PutLimiter limiter)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (!limiter.TryTake(context.Connection.RemoteIpAddress ?? IPAddress.None))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        EndpointId? id = store.ParseId(IdOf(context));
        byte[]? body = await ReadAsync(context.Request);
        bool accepted = id != null && body != null && store.Put(id, body) == PutResult.Accepted;
        context.Response.StatusCode = accepted ? StatusCodes.Status204NoContent : StatusCodes.Status400BadRequest;
    }

    private static async Task GetAsync(HttpContext context, PkarrStore store)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        EndpointId? id = store.ParseId(IdOf(context));
        byte[]? body = id == null ? null : store.Get(id);
        if (body == null)
        {
            context.Response.StatusCode = id == null ? StatusCodes.Status400BadRequest : StatusCodes.Status404NotFound;
            context.Response.ContentLength = 0;
            return;
        }

        context.Response.ContentType = "application/x-pkarr-signed-packet";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private static string IdOf(HttpContext context) => (string)context.Request.RouteValues["id"]!;

    // Null when it is longer than a signed packet may be.
    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        byte[] buffer = new byte[PkarrPacket.MaxBytes + 1];
        int count = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
        return count <= PkarrPacket.MaxBytes ? buffer[..count] : null;
    }
}
