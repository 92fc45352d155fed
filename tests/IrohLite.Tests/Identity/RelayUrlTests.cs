using System;
using IrohLite.Identity;
using Xunit;

namespace IrohLite.Tests.Identity;

public class RelayUrlTests
{
    [Theory]
    [InlineData("https://relay.example.com", "https://relay.example.com/", "relay.example.com", 443, true, "/relay", "relay.example.com")]
    [InlineData("http://192.168.1.10:3340", "http://192.168.1.10:3340/", "192.168.1.10", 3340, false, "/relay", "192.168.1.10:3340")]
    [InlineData("https://euc1-1.relay.n0.iroh.link.", "https://euc1-1.relay.n0.iroh.link./", "euc1-1.relay.n0.iroh.link", 443, true, "/relay", "euc1-1.relay.n0.iroh.link")]
    [InlineData("HTTPS://Relay.Example.COM:443/", "https://relay.example.com/", "relay.example.com", 443, true, "/relay", "relay.example.com")]
    [InlineData("http://h:80", "http://h/", "h", 80, false, "/relay", "h")]
    [InlineData("http://h:443/", "http://h:443/", "h", 443, false, "/relay", "h:443")]
    [InlineData("https://h:80/", "https://h:80/", "h", 80, true, "/relay", "h:80")]
    [InlineData("ws://h/", "ws://h/", "h", 80, false, "/relay", "h")]
    [InlineData("wss://h:443", "wss://h/", "h", 443, true, "/relay", "h")]
    [InlineData("https://h/sub/dir?x=1#frag", "https://h/sub/dir?x=1#frag", "h", 443, true, "/relay?x=1", "h")]
    [InlineData("https://h?token=a'b c", "https://h/?token=a%27b%20c", "h", 443, true, "/relay?token=a%27b%20c", "h")]
    [InlineData("https://h?", "https://h/?", "h", 443, true, "/relay?", "h")]
    [InlineData("https://h#", "https://h/#", "h", 443, true, "/relay", "h")]
    [InlineData("https://[2001:DB8:0::1]:3340/x", "https://[2001:db8::1]:3340/x", "2001:db8::1", 3340, true, "/relay", "[2001:db8::1]:3340")]
    [InlineData("http://[::1]", "http://[::1]/", "::1", 80, false, "/relay", "[::1]")]
    [InlineData("ftp://b.example/", "ftp://b.example/", "b.example", 443, true, "/relay", "b.example")]
    [InlineData("ftp://b.example:21", "ftp://b.example/", "b.example", 443, true, "/relay", "b.example")]
    [InlineData("iroh://Host.Name:77", "iroh://Host.Name:77", "Host.Name", 77, true, "/relay", "Host.Name:77")]
    [InlineData("iroh+x://h/a", "iroh+x://h/a", "h", 443, true, "/relay", "h")]
    public void A_url_is_normalised_and_taken_apart(string text, string normal, string host, int port, bool useTls, string target, string header)
    {
        Assert.True(RelayUrl.TryParse(text, out RelayUrl url, out string error), error);
        Assert.Null(error);
        Assert.Equal(normal, url.ToString());
        Assert.Equal((host, port, useTls), (url.Host, url.Port, url.UseTls));
        Assert.Equal((target, header), (url.RequestTarget, url.HostHeader));

        // Normal forms are their own normal form.
        Assert.True(RelayUrl.TryParse(normal, out RelayUrl again, out _));
        Assert.True(again.SameAs(url));
    }

    [Theory]
    [InlineData("  https://h/ ", "https://h/")]
    [InlineData("ht\ntps://h/\ta", "https://h/a")]
    [InlineData("https:h", "https://h/")]
    [InlineData("https:\\\\h\\a\\b", "https://h/a/b")]
    [InlineData("https:////h", "https://h/")]
    [InlineData("https://h:", "https://h/")]
    [InlineData("https://h:00443/", "https://h/")]
    [InlineData("https://h/a/./b/../c", "https://h/a/c")]
    [InlineData("https://h/a/..", "https://h/")]
    [InlineData("https://h/a/b/.", "https://h/a/b/")]
    [InlineData("https://h/../../a", "https://h/a")]
    [InlineData("https://h/a/%2E%2e/b", "https://h/b")]
    [InlineData("https://h//a//", "https://h//a//")]
    [InlineData("https://h/a b\"<>`{}^", "https://h/a%20b%22%3C%3E%60%7B%7D%5E")]
    [InlineData("https://h/ü?ü#ü", "https://h/%C3%BC?%C3%BC#%C3%BC")]
    [InlineData("https://h/%zz", "https://h/%zz")]
    [InlineData("https://u:p@h/", "https://u:p@h/")]
    [InlineData("https://u:@h/", "https://u@h/")]
    [InlineData("https://@h/", "https://h/")]
    [InlineData("https://a@b@h/", "https://a%40b@h/")]
    [InlineData("http://0x7f.1/", "http://127.0.0.1/")]
    [InlineData("http://017700000001", "http://127.0.0.1/")]
    [InlineData("http://2130706433", "http://127.0.0.1/")]
    [InlineData("http://1.2.3.4.", "http://1.2.3.4/")]
    [InlineData("http://1.2.3", "http://1.2.0.3/")]
    [InlineData("http://1.2.3.x", "http://1.2.3.x/")]
    [InlineData("http://a_b-c.d", "http://a_b-c.d/")]
    public void Odd_spellings_normalise_as_the_url_standard_says(string text, string normal)
    {
        Assert.True(RelayUrl.TryParse(text, out RelayUrl url, out string error), error);
        Assert.Equal(normal, url.ToString());
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("not a url", "scheme")]
    [InlineData("relay.example.com", "scheme")]
    [InlineData("1http://h", "scheme")]
    [InlineData("://h", "scheme")]
    [InlineData("https://", "host")]
    [InlineData("https:///", "host")]
    [InlineData("https://?x", "host")]
    [InlineData("https://:443/", "host")]
    [InlineData("https://u@/", "host")]
    [InlineData("mailto:a@b", "host")]
    [InlineData("file:///etc/relay", null)]
    [InlineData("https://h:x/", "port is not a number")]
    [InlineData("https://h:-1/", "port is not a number")]
    [InlineData("https://h:65536/", "port is above 65535")]
    [InlineData("https://h:99999999999999999999/", "port is above 65535")]
    [InlineData("https://a b/", "character")]
    [InlineData("https://a%41b/", "character")]
    [InlineData("https://a|b/", "character")]
    [InlineData("https://grüße.example/", "xn--")]
    [InlineData("https://[::1/", "IPv6")]
    [InlineData("https://[1.2.3.4]/", "IPv6")]
    [InlineData("https://[::1]x/", "IPv6")]
    [InlineData("http://1.2.3.256/", "IPv4")]
    [InlineData("http://1.2.3.4.5/", "IPv4")]
    [InlineData("http://a.0x/", null)]
    [InlineData("http://09/", "IPv4")]
    public void A_bad_url_is_told_which_part_is_wrong(string text, string expected)
    {
        bool isParsed = RelayUrl.TryParse(text, out RelayUrl url, out string error);
        if (expected == null)
        {
            // What becomes of these is only fixed in that nothing breaks.
            Assert.Equal(isParsed, error == null);
            return;
        }

        Assert.False(isParsed);
        Assert.Null(url);
        Assert.Contains("relay URL", error);
        Assert.Contains(expected, error);
    }

    [Fact]
    public void A_url_may_be_as_long_as_the_limit_and_no_longer()
    {
        string text = "https://h/" + new string('a', RelayUrl.MaxSizeBytes - 10);
        Assert.True(RelayUrl.TryParse(text, out RelayUrl url, out _));
        Assert.Equal(text, url.ToString());
        Assert.False(RelayUrl.TryParse(text + "a", out _, out string error));
        Assert.Contains("longer", error);
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_of_a_url_is_answered_without_an_exception()
    {
        const string Text = "https://user:pw@[2001:db8::1]:8443/a/../b?c=d#e";
        int parsed = 0;
        for (int cut = 0; cut <= Text.Length; cut++)
            if (RelayUrl.TryParse(Text[..cut], out _, out _)) parsed++;
        Random random = new(77);
        for (int i = 0; i < 20000; i++)
        {
            char[] changed = Text.ToCharArray();
            for (int k = random.Next(1, 4); k > 0; k--) changed[random.Next(changed.Length)] = (char)random.Next(random.Next(2) == 0 ? 128 : 256);
            if (!RelayUrl.TryParse(new string(changed), out RelayUrl url, out _)) continue;
            parsed++;
            Assert.True(RelayUrl.TryParse(url.ToString(), out RelayUrl again, out string error), error + ": " + url);
            Assert.Equal(url.ToString(), again.ToString());
        }

        Assert.True(parsed > 1000);
    }
}
