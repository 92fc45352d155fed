using System;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Relay;

namespace IrohLite.RelayServer;

/// <summary>
/// What waits for one client, and the loop that writes it. Forwarded datagrams go before everything else; a full queue drops the
/// newcomer.
/// </summary>
internal sealed class OutgoingQueue(RelayMetrics metrics, TimeProvider time)
{
    // One flush carries so much at most, so that a write timeout is about a bounded amount.
    private const int FlushBytes = 32 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<RelayMessage> _packets = new();
    private readonly Queue<(int Opcode, RelayMessage Message)> _controls = new();
    private readonly SemaphoreSlim _signal = new(0);
    private bool _isSignalled;
    private bool _isClosed;

    /// <summary>Takes over a datagram frame; false, with the message returned to the pool, when the queue is full.</summary>
    public bool TryAddPacket(RelayMessage message)
    {
        lock (_lock)
        {
            if (!_isClosed && _packets.Count < RelayLimits.MaxQueuedPackets)
            {
                _packets.Enqueue(message);
                Signal();
                return true;
            }
        }

        message.Return();
        return false;
    }

    /// <summary>Takes over any other frame; dropped when too many wait.</summary>
    public void AddControl(RelayMessage message, int opcode = WebSocketFrame.Binary)
    {
        lock (_lock)
        {
            if (!_isClosed && _controls.Count < RelayLimits.MaxQueuedControls)
            {
                _controls.Enqueue((opcode, message));
                Signal();
                return;
            }
        }

        message.Return();
    }

    /// <summary>Drops what waits, and ends the loop once the last frame was written.</summary>
    public void Complete(RelayMessage last, int opcode)
    {
        lock (_lock)
        {
            _isClosed = true;
            while (TryTake(out _, out RelayMessage? message)) message.Return();
            _controls.Enqueue((opcode, last));
            Signal();
        }
    }

    /// <summary>Writes until completed or cancelled. Throws TimeoutException when a write gets stuck.</summary>
    public async Task RunAsync(PipeWriter output, CancellationToken cancellation)
    {
        try
        {
            for (;;)
            {
                await _signal.WaitAsync(cancellation);
                lock (_lock) _isSignalled = false;
                int unflushed = 0;
                while (TryTake(out int opcode, out RelayMessage? message))
                {
                    ReadOnlySpan<byte> bytes = message.WithHeader(opcode);
                    bytes.CopyTo(output.GetSpan(bytes.Length));
                    output.Advance(bytes.Length);
                    metrics.BytesSent.Add(bytes.Length);
                    unflushed += bytes.Length;
                    message.Return();
                    if (unflushed < FlushBytes) continue;
                    if (!await FlushAsync(output, time, cancellation)) return;
                    unflushed = 0;
                }

                if (unflushed > 0 && !await FlushAsync(output, time, cancellation)) return;
                lock (_lock)
                    if (_isClosed && _packets.Count == 0 && _controls.Count == 0) return;
            }
        }
        finally
        {
            Drain();
        }
    }

    /// <summary>Flushes within the write timeout; false when nobody reads any more.</summary>
    public static async ValueTask<bool> FlushAsync(PipeWriter output, TimeProvider time, CancellationToken cancellation)
    {
        ValueTask<FlushResult> flush = output.FlushAsync(cancellation);
        FlushResult result = flush.IsCompleted ? await flush : await flush.AsTask().WaitAsync(RelayLimits.WriteTimeout, time, cancellation);
        return !result.IsCompleted && !result.IsCanceled;
    }

    private void Signal()
    {
        if (_isSignalled) return;
        _isSignalled = true;
        _signal.Release();
    }

    private bool TryTake(out int opcode, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RelayMessage? message)
    {
        lock (_lock)
        {
            opcode = WebSocketFrame.Binary;
            if (_packets.TryDequeue(out message)) return true;
            if (!_controls.TryDequeue(out (int Opcode, RelayMessage Message) control)) return false;
            (opcode, message) = control;
            return true;
        }
    }

    private void Drain()
    {
        lock (_lock) _isClosed = true;
        while (TryTake(out _, out RelayMessage? message)) message.Return();
    }
}
