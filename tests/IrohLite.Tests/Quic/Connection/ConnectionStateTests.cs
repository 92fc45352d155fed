using System;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Connection;

public class ConnectionStateTests
{
    private static readonly QuicCloseInfo Info = new(QuicCloseKind.LocalApplication, 1, 0, "");

    [Fact]
    public void A_life_goes_forward_only()
    {
        ConnectionState state = new();
        Assert.True(state.IsIdle);
        Assert.Throws<InvalidOperationException>(state.Establish);
        Assert.Throws<InvalidOperationException>(state.Confirm);
        Assert.Throws<InvalidOperationException>(state.End);
        Assert.Throws<InvalidOperationException>(() => state.BeginDraining(Info));
        state.Start();
        Assert.Throws<InvalidOperationException>(state.Start);
        state.Establish();
        state.Confirm();
        Assert.True(state.IsEstablished && state.IsConfirmed && state.IsOpen);
        state.BeginClosing(Info, 100);
        Assert.True(state.IsClosing && state.IsClosed && !state.IsOpen);
        Assert.Same(Info, state.CloseInfo);
        Assert.Equal(100, state.EndMs);
        Assert.Throws<InvalidOperationException>(() => state.BeginClosing(Info, 100));
        Assert.Throws<InvalidOperationException>(() => state.BeginDraining(Info));
        state.End();
        Assert.True(state.IsOver && state.IsClosed);
    }

    [Fact]
    public void A_handshake_may_end_in_draining()
    {
        ConnectionState state = new();
        state.Start();
        state.BeginDraining(Info);
        Assert.True(state.IsDraining && state.IsClosed);
        Assert.Throws<InvalidOperationException>(state.Establish);
        state.End();
    }
}
