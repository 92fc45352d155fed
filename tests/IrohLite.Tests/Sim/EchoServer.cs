using System.Collections.Generic;
using IrohLite.Quic;

namespace IrohLite.Tests.Sim;

/// <summary>Sends back what it reads, and the end too; leaves closing to the client.</summary>
internal sealed class EchoServer
{
    private readonly Dictionary<(QuicConnection, long), (byte[] Buffer, int At, int Count, bool End)> _pending = new();

    public EchoServer(SimSide side) => side.OnEvent = OnEvent;

    private void OnEvent(QuicEvent evt)
    {
        if (evt.StreamId == StreamId.None || evt.Kind == QuicEventKind.StreamStopped) return;
        Pump(evt.Connection, evt.StreamId);
    }

    private void Pump(QuicConnection connection, long stream)
    {
        if (!_pending.TryGetValue((connection, stream), out var state)) state = (new byte[1000], 0, 0, false);
        while (!state.End && !connection.IsClosed)
        {
            if (state.At == state.Count)
            {
                int read = connection.Read(stream, state.Buffer, 0, state.Buffer.Length);
                if (read == ReadResult.Nothing) break;
                if (read < 0)
                {
                    if (read == ReadResult.End) connection.Finish(stream);
                    else connection.Reset(stream, connection.ResetCode(stream));
                    state.End = true;
                    break;
                }

                state.At = 0;
                state.Count = read;
            }

            int written = connection.Write(stream, state.Buffer, state.At, state.Count - state.At);
            state.At += written;
            if (state.At < state.Count) break;
        }

        _pending[(connection, stream)] = state;
    }
}
