using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IrohLite.RelayServer;

/// <summary>The pages beside the relay: what stock clients probe, and what the operator reads.</summary>
internal static partial class RelayPages
{
    private const string Index = "<!DOCTYPE html><html><head><title>IrohLite relay</title></head><body><h1>IrohLite relay</h1>"
        + "<p>This is an iroh relay for a desk or a LAN.</p></body></html>\n";

    public static void Map(WebApplication app, RelayServices services)
    {
        app.Use((context, next) =>
        {
            // One request per connection, so that a request for /relay is always the first one.
            context.Response.Headers.Connection = "close";
            return next();
        });
        app.MapGet("/ping", context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return Empty(context, StatusCodes.Status200OK);
        });
        app.MapGet("/generate_204", context =>
        {
            string challenge = context.Request.Headers["X-Iroh-Challenge"].ToString();
            if (Challenge().IsMatch(challenge)) context.Response.Headers["X-Iroh-Response"] = "response " + challenge;
            return Empty(context, StatusCodes.Status204NoContent);
        });
        foreach (string path in new[] { "/", "/index.html" }) app.MapGet(path, context => Text(context, "text/html; charset=utf-8", Index));
        app.MapGet("/robots.txt", context => Text(context, "text/plain", "User-agent: *\nDisallow: /\n"));
        app.MapGet("/healthz", context => Text(context, "application/json", Health()));
        app.MapGet("/metrics", context => Text(context, "text/plain; version=0.0.4; charset=utf-8", services.Metrics.ToPrometheus()));
        app.MapFallback("{*path}", NotFound);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,63}\z")]
    private static partial Regex Challenge();

    private static Task Empty(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent) context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static Task Text(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = text.Length;
        return context.Response.WriteAsync(text);
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Text(context, "text/plain", "Not Found");
    }

    private static string Health()
    {
        string full = typeof(RelayPages).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        string[] parts = full.Split('+');
        return $"{{\"status\":\"ok\",\"version\":\"{parts[0]}\",\"git_hash\":\"{parts.ElementAtOrDefault(1) ?? "unknown"}\"}}";
    }
}
