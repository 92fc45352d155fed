using System;
using System.Buffers.Text;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IrohLite.Crypto;
using Xunit;

namespace IrohLite.RelayServer.Tests;

public class HandshakeTests
{
    private static JsonElement HeaderMode() =>
        IrohLite.Tests.Vectors.Open("iroh/iroh-wire.json").RootElement.GetProperty("relay_handshake").GetProperty("header_mode");

    [Fact]
    public async Task A_good_signature_is_confirmed_and_challenges_differ()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient first = await RawClient.UpgradeAsync(relay);
        await using RawClient second = await RawClient.UpgradeAsync(relay);
        string challenge = await first.ReadAsync();
        Assert.Equal(34, challenge.Length);
        Assert.NotEqual(challenge, await second.ReadAsync());
        await using RawClient client = await RawClient.AuthenticateAsync(relay, 0x2A);
        Assert.Equal("02", await client.ReadAsync());
        Assert.Equal("197f6b23e16c8532c6abc838facd5ea789be0c76b2920334039bfa8b3d368d61", Convert.ToHexStringLower(client.Id));
    }

    [Fact]
    public async Task A_wrong_signature_is_told_and_TCP_ends_without_a_close_frame()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient client = await RawClient.UpgradeAsync(relay);
        await client.AnswerChallengeAsync(1, spoilSignature: true);
        Assert.Equal("03117369676e617475726520696e76616c6964", await client.ReadAsync());
        Assert.Equal("end", await client.ReadAsync());
        Assert.Equal(1, RawClient.Metric(relay, "auth_failed_total"));
        Assert.Equal(0, RawClient.Metric(relay, "sessions_total"));
    }

    [Theory]
    [InlineData("0900000000000000ff")]
    [InlineData("01")]
    [InlineData("04")]
    [InlineData("")]
    public async Task Any_other_first_frame_drops_the_connection(string hex)
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient client = await RawClient.UpgradeAsync(relay);
        await client.ReadAsync();
        await client.SendAsync(hex);
        Assert.Equal("end", await client.ReadAsync());
    }

    [Fact]
    public async Task A_ClientAuth_with_another_signature_length_drops_the_connection()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient client = await RawClient.UpgradeAsync(relay);
        await client.ReadAsync();
        await client.SendAsync([1, .. new byte[32], 65, .. new byte[64]]);
        Assert.Equal("end", await client.ReadAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /relay HTTP/1.1\r\nUpgrade: web")]
    [InlineData("whole")]
    public async Task Who_is_not_authorised_after_30_s_is_dropped(string start)
    {
        ManualTime time = new();
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = time });
        await using RawClient client = await RawClient.ConnectAsync(relay);
        bool isWhole = start == "whole";
        await client.SendTextAsync(isWhole ? RawClient.Request() : start);
        if (isWhole)
        {
            await client.ReadHeadAsync();
            await client.ReadAsync();
        }

        await Patience.Until(() => time.WaitingOnce == 1, "the relay has taken the connection up");
        time.AdvanceSeconds(29.9);

        // What the relay did at that moment is seen by the time another connection has got through.
        await using (RawClient other = await RawClient.OnlineAsync(relay, 8)) await other.ReadPendingAsync();
        Task<string> read = client.ReadAsync();
        Assert.False(read.IsCompleted);
        time.AdvanceSeconds(0.2);
        Assert.Equal("end", await read);
    }

    [Fact]
    public async Task An_authorised_client_is_not_dropped_after_30_s()
    {
        ManualTime time = new();
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = time });
        await using RawClient client = await RawClient.OnlineAsync(relay, 1);
        for (int i = 0; i < 10; i++)
        {
            time.AdvanceSeconds(10);
            Assert.Empty(await client.ReadPendingAsync());
        }
    }

    [Fact]
    public void The_recorded_header_value_is_what_it_says()
    {
        JsonElement test = HeaderMode();
        byte[] postcard = Base64Url.DecodeFromChars(test.GetProperty("header_value").GetString());
        Assert.Equal(test.GetProperty("postcard").GetString(), Convert.ToHexStringLower(postcard));
        Assert.Equal(test.GetProperty("postcard_len").GetInt32(), postcard.Length);
        byte[] signed = Convert.FromHexString(test.GetProperty("signed").GetString()!);
        Assert.True(new DesktopCryptoProvider(1).Ed25519Verify(postcard, 0, signed, 0, signed.Length, postcard, 33));
        Assert.Equal(test.GetProperty("sample_key_material").GetString()![32..], Convert.ToHexStringLower(postcard.AsSpan(97)));
    }

    [Fact]
    public async Task A_well_formed_header_authentication_gets_a_challenge_because_plain_HTTP_has_no_exporter()
    {
        string header = $"{HeaderMode().GetProperty("header_name").GetString()}: {HeaderMode().GetProperty("header_value").GetString()}\r\n";
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient client = await RawClient.OnlineAsync(relay, 0x2A, RawClient.Request(more: header));
        Assert.Empty(await client.ReadPendingAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!!!")]
    [InlineData("AAAA")]
    [InlineData("padded")]
    [InlineData("long")]
    [InlineData("length")]
    public async Task A_malformed_header_authentication_drops_the_connection(string value)
    {
        string good = HeaderMode().GetProperty("header_value").GetString()!;
        byte[] bytes = Base64Url.DecodeFromChars(good);
        if (value == "padded") value = good + "=";
        else if (value == "long") value = Base64Url.EncodeToString([.. bytes, 0]);
        else if (value == "length")
        {
            bytes[32] = 65;
            value = Base64Url.EncodeToString(bytes);
        }

        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient client = await RawClient.UpgradeAsync(relay, RawClient.Request(more: $"X-Iroh-Relay-Client-Auth-v1: {value}\r\n"));
        Assert.Equal("end", await client.ReadAsync());
    }
}
