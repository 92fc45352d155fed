using System;
using System.Linq;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>What is unusual but right, and what a peer may say to end a handshake: none of it may confuse us.</summary>
public class ToleranceTests
{
    [Fact]
    public void Unknown_transport_parameters_are_ignored_by_both_roles()
    {
        // Grease, an empty one and a long one, each twice.
        foreach (byte[] unknown in new[] { Wire.Hex("1b03010203"), Wire.Hex("7fbd00"), Wire.Cat(Wire.Hex("800042424040"), new byte[64]) })
        {
            HandQuicClient client = new(new Pair());
            client.Tls.Parameters = Wire.Cat(unknown, client.Tls.Parameters, unknown);
            client.Connect();
            Assert.Contains("2 HANDSHAKE_DONE", client.Frames);

            HandQuicServer server = new(new Pair()) { EditParameters = p => Wire.Cat(unknown, p, unknown) };
            server.Connect();
            Assert.True(server.Dialed.IsEstablished, server.Dialed.CloseInfo?.Reason);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void A_Length_in_more_bytes_than_needed_is_taken(int lengthBytes)
    {
        HandQuicClient client = new(new Pair());
        byte[] hello = client.Tls.Hello();
        client.Deliver(client.SealWithLongLength(HandQuicPeer.CryptoFrameOf(0, hello), lengthBytes));
        client.SendFlight();
        Assert.Contains("2 HANDSHAKE_DONE", client.Frames);
    }

    [Fact]
    public void A_hello_of_a_post_quantum_client_comes_in_two_Initials()
    {
        byte[] hybrid = Wire.Cat(Wire.U16(0x11ec), Wire.V16(new byte[1216]));
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) =>
        {
            if (type != 1) return m;
            HelloParts parts = HelloParts.Parse(m);
            return parts.Set(10, Wire.Hex("0004 11ec 001d")).Set(51, Wire.V16(hybrid, parts.Get(51).Skip(2).ToArray())).Build();
        };
        client.Connect();
        Assert.Contains("2 HANDSHAKE_DONE", client.Frames);
    }

    [Theory]
    [InlineData(EncryptionLevel.Initial)]
    [InlineData(EncryptionLevel.Handshake)]
    public void Every_alert_with_which_a_peer_may_refuse_us_is_reported_and_ends_the_connection(int level)
    {
        // iroh's: 0x128 certificate type, 0x130 another id, 0x174 no certificate, 0x178 no protocol; and all others of RFC 8446.
        int[] alerts = [0, 10, 20, 22, 40, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 70, 71, 80, 86, 90, 109, 110, 112, 113, 115, 116, 120];
        foreach (int alert in alerts)
        {
            string close = "1c41" + alert.ToString("x2") + "06" + "03" + "627965";
            HandQuicServer server = new(new Pair());
            server.Dial();
            if (level == EncryptionLevel.Handshake) server.SendHello();
            server.Send(level, close);
            Assert.Equal(QuicCloseKind.RemoteTransport, server.Dialed.CloseInfo.Kind);
            Assert.Equal(TransportErrorCode.FromAlert(alert), server.Dialed.CloseInfo.Code);
            Assert.Equal("bye", server.Dialed.CloseInfo.Reason);
            Assert.True(server.Pair.Run(() => server.Pair.Client.Demux.ConnectionCount == 0, 20_000));

            HandQuicClient client = new(new Pair());
            client.SendHello();
            client.Send(level, close);
            Assert.True(client.Pair.Run(() => client.Pair.Server.Demux.ConnectionCount == 0, 20_000));
            Assert.Empty(client.Closes);
            Assert.Equal(0, client.Pair.Server.Count(QuicEventKind.Connected));
        }
    }
}
