using System;
using System.Linq;
using System.Text.Json;
using IrohLite.Crypto;
using Xunit;

namespace IrohLite.Tests.Quic.Protection;

/// <summary>Every datagram of the recorded connections with the real iroh opens, and its frames are understood and rewritten.</summary>
public class GoldenPacketsTests
{
    private static (Transcript Transcript, int Datagrams) Replay(string name, ICryptoProvider crypto = null)
    {
        using JsonDocument file = Vectors.Open($"quic/golden_{name}.json");
        Transcript transcript = Transcript.OfGolden(crypto ?? new ReferenceCrypto(), file.RootElement);
        bool isServer = file.RootElement.GetProperty("role_of_instrument").GetString() == "server";
        int datagrams = 0;
        foreach (JsonElement datagram in file.RootElement.GetProperty("datagrams").EnumerateArray())
        {
            byte[] bytes = Convert.FromHexString(datagram[datagram.GetArrayLength() - 1].GetString());
            transcript.Datagram(bytes, toServer: (datagram[0].GetString() == "rx") == isServer);
            datagrams++;
        }
        return (transcript, datagrams);
    }

    [Theory]
    [InlineData("server_role", 12, 15, 0)]
    [InlineData("client_role", 13, 15, 0)]
    [InlineData("multipath_server", 32, 34, 17)]
    [InlineData("keyupdate_server_role", 447, 450, 0)]
    public void Every_packet_opens_and_its_frames_are_rewritten_byte_for_byte(string name, int datagrams, int packets, int refused)
    {
        (Transcript transcript, int count) = Replay(name);

        Assert.Equal(datagrams, count);
        Assert.Equal(packets, transcript.Packets);
        Assert.Equal(refused, transcript.Refused);
        Assert.Equal(packets - refused, transcript.Rewritten);
    }

    [Fact]
    public void All_514_packets_of_the_four_files_open()
    {
        string[] names = { "server_role", "client_role", "multipath_server", "keyupdate_server_role" };
        Assert.Equal(514, names.Sum(name => Replay(name).Transcript.Packets));
    }

    [Theory] // all but multipath, whose nonces no provider of ours makes
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Every_provider_opens_the_single_path_packets(string provider)
    {
        string[] names = { "server_role", "client_role", "keyupdate_server_role" };
        Transcript[] transcripts = names.Select(name => Replay(name, CryptoProviders.Make(provider)).Transcript).ToArray();

        Assert.Equal(480, transcripts.Sum(t => t.Packets));
        Assert.Equal(480, transcripts.Sum(t => t.Rewritten));
        Assert.Equal((1, 1), (transcripts[2].UpdatesAtServer, transcripts[2].UpdatesAtClient));
    }

    [Fact]
    public void The_key_update_of_the_peer_is_followed_in_both_directions()
    {
        Transcript transcript = Replay("keyupdate_server_role").Transcript;

        Assert.Equal(1, transcript.UpdatesAtServer);
        Assert.Equal(1, transcript.UpdatesAtClient);
    }

    [Fact]
    public void The_iroh_client_takes_the_steps_of_the_echo_protocol()
    {
        Transcript transcript = Replay("server_role").Transcript;
        string[] frames = transcript.Seen.SelectMany(p => p.Frames).ToArray();

        Assert.StartsWith("CRYPTO off=0", frames[0]);
        Assert.Contains("HANDSHAKE_DONE", frames);
        Assert.Contains(frames, f => f.StartsWith("NEW_CONNECTION_ID seq=1 "));
        Assert.Contains(frames, f => f.StartsWith("CONNECTION_CLOSE type=0x1d"));
    }
}
