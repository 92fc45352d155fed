using System;
using System.Security.Cryptography;
using System.Threading;
using IrohLite.Relay;

namespace IrohLite.RelayServer;

/// <summary>One authorised connection: its id, its queue and its ping clock.</summary>
internal sealed class RelayClient(EndpointKey id, int version, OutgoingQueue outgoing, CancellationTokenSource end)
{
    private readonly Lock _pingLock = new();
    private readonly PingSchedule _pings = new(() => RandomNumberGenerator.GetInt32(1, 6));

    public EndpointKey Id => id;

    public OutgoingQueue Outgoing => outgoing;

    /// <summary>Why the connection was ended by us; null while it was not.</summary>
    public string? EndReason { get; private set; }

    /// <summary>A newer connection has our id: it gets the datagrams from now on.</summary>
    public void TellInactive() =>
        outgoing.AddControl(version >= 2 ? RelayFrames.Status(RelayStatus.SameIdConnected) : RelayFrames.Health(RelayFrames.SameIdText));

    /// <summary>The datagrams come here again. Version 1 has no word for it.</summary>
    public void TellActive()
    {
        if (version >= 2) outgoing.AddControl(RelayFrames.Status(RelayStatus.Healthy));
    }

    public void OnReceived(long nowMs)
    {
        lock (_pingLock) _pings.OnReceived(nowMs);
    }

    public void OnReadingPaused(long nowMs)
    {
        lock (_pingLock) _pings.OnReadingPaused(nowMs);
    }

    public void OnPong(ReadOnlySpan<byte> payload)
    {
        lock (_pingLock) _pings.OnPong(payload);
    }

    /// <summary>Lets time pass; false when the client did not answer and is given up.</summary>
    public bool OnTick(long nowMs)
    {
        lock (_pingLock)
        {
            PingSchedule.Step step = _pings.OnTick(nowMs);
            if (step == PingSchedule.Step.GiveUp) return false;
            if (step != PingSchedule.Step.SendPing) return true;
            RandomNumberGenerator.Fill(_pings.Payload);
            outgoing.AddControl(RelayFrames.Ping(_pings.Payload));
            return true;
        }
    }

    /// <summary>Ends the connection at once.</summary>
    public void End(string reason)
    {
        EndReason ??= reason;
        try
        {
            end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }
}
