using System;
using System.Linq;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>What every refused handshake must look like.</summary>
internal static class Refusal
{
    /// <summary>
    /// Feeds bytes that must be refused: the alert is the expected one and says why, nothing more is sent, the secrets are gone, and
    /// the handshake stays refused.
    /// </summary>
    public static void Expect(int alert, TlsHandshake handshake, RecordingSink sink, int level, byte[] bytes, string at)
    {
        int events = sink.Events.Count;
        TlsAlertException refused = Refused(handshake, level, bytes, at);
        Assert.True(alert == refused.Alert, at + ": expected alert " + alert + ", got " + refused.Alert + " (" + refused.Message + ")");
        Assert.True(refused.Message.Length > 12, at + ": says too little: " + refused.Message);

        // What the first good messages of these bytes led to is allowed, an answer to the refused one is not.
        Assert.DoesNotContain(sink.Events.Skip(events), e => e == "complete" || e == "send " + level);
        Assert.False(handshake.IsComplete, at);
        Assert.Null(handshake.PeerId);
        AssertWiped(handshake);

        TlsAlertException again = Refused(handshake, level, new byte[] { 1 }, at);
        Assert.Equal(alert, again.Alert);
        Assert.Equal(refused.Message, again.Message);
    }

    public static TlsAlertException Refused(TlsHandshake handshake, int level, byte[] bytes, string at)
    {
        try
        {
            handshake.Receive(level, bytes, 0, bytes.Length);
        }
        catch (TlsAlertException e)
        {
            return e;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(at + ": another exception than an alert", e);
        }

        throw new InvalidOperationException(at + ": was not refused");
    }

    public static void AssertWiped(TlsHandshake handshake)
    {
        KeySchedule schedule = handshake.Schedule;
        foreach (byte[] secret in new[]
        {
            schedule.StageSecret, schedule.ClientHandshake, schedule.ServerHandshake, schedule.ClientApplication, schedule.ServerApplication,
        })
        {
            Assert.All(secret, b => Assert.Equal(0, b));
        }

        Assert.Equal(0, handshake.Transcript.Count);
        Assert.Empty(handshake.Transcript.Buffer);
    }
}
