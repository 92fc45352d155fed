using System;
using System.Buffers;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;

namespace IrohLite.RelayServer;

/// <summary>
/// Looks at the first request of each connection before HTTP does: /relay is taken over as raw bytes, which keeps the acceptance
/// rules of the real relay exact; everything else goes on to the pages.
/// </summary>
internal sealed class RelayListener(RelayServices services)
{
    public async Task OnConnectionAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        using CancellationTokenSource timeout = new(RelayLimits.EstablishTimeout, services.Time);
        using CancellationTokenSource establish = CancellationTokenSource.CreateLinkedTokenSource(
            timeout.Token, services.Stopping.Token, connection.ConnectionClosed);
        try
        {
            UpgradeRequest? request = await ReadRequestAsync(connection.Transport.Input, establish.Token);
            if (request == null) await next(connection);
            else if (request.Refusal != null)
            {
                services.Metrics.UpgradesRefused.Add(1);
                await connection.Transport.Output.WriteAsync(BadRequest(request), establish.Token);
            }
            else await new RelayConnection(services, connection, request).RunAsync(establish.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or TimeoutException)
        {
            // The client was too slow or went away, or the relay stops.
            connection.Abort(new ConnectionAbortedException("ended during the handshake"));
        }
    }

    // Null when the request is not for the relay; then nothing was consumed.
    private static async Task<UpgradeRequest?> ReadRequestAsync(PipeReader input, CancellationToken cancellation)
    {
        for (;;)
        {
            ReadResult result = await input.ReadAsync(cancellation);
            ReadOnlySequence<byte> bytes = result.Buffer;
            int verdict = Judge(bytes, out SequencePosition end);
            if (verdict == NotForRelay || (result.IsCompleted && verdict == Incomplete))
            {
                input.AdvanceTo(bytes.Start, bytes.Start);
                return null;
            }

            if (verdict == Complete)
            {
                UpgradeRequest request = UpgradeRequest.Parse(bytes.Slice(0, end).ToArray());

                // Nobody may speak before the 101 has arrived.
                if (request.Refusal == null && !bytes.Slice(end).IsEmpty) throw new IOException("bytes behind the upgrade request");
                input.AdvanceTo(end);
                return request;
            }

            if (bytes.Length > RelayLimits.MaxRequestHeadBytes) throw new IOException("upgrade request without an end");
            input.AdvanceTo(bytes.Start, bytes.End);
        }
    }

    private const int Incomplete = 0;
    private const int NotForRelay = 1;
    private const int Complete = 2;

    private static int Judge(ReadOnlySequence<byte> bytes, out SequencePosition end)
    {
        SequenceReader<byte> reader = new(bytes);
        end = bytes.Start;
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, (byte)'\n')) return bytes.Length > RelayLimits.MaxRequestHeadBytes ? NotForRelay : Incomplete;
        if (!UpgradeRequest.IsForRelay(Encoding.Latin1.GetString(line).TrimEnd('\r'))) return NotForRelay;
        while (reader.TryReadTo(out ReadOnlySequence<byte> header, (byte)'\n'))
        {
            if (header.Length > 1 || (header.Length == 1 && header.FirstSpan[0] != '\r')) continue;
            end = reader.Position;
            return Complete;
        }

        return Incomplete;
    }

    private static byte[] BadRequest(UpgradeRequest request)
    {
        string version = request.IsVersionRefused ? "Sec-WebSocket-Version: 13\r\n" : "";
        return Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n" + version
            + $"Content-Length: {request.Refusal!.Length}\r\n\r\n{request.Refusal}");
    }
}
