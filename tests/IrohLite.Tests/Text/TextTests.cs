using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using IrohLite.Text;
using Xunit;

namespace IrohLite.Tests.Text;

public class TextTests
{
    private delegate bool Decoder(string text, byte[] buffer, int offset, int capacity, out int count);

    [Fact]
    public void Hex_round_trips_and_refuses_upper_case_and_wrong_lengths()
    {
        Padded input = new(new byte[] { 0x00, 0x9A, 0xFF, 0x10 });
        string text = Hex.Encode(input.Array, input.Offset, 4);
        Assert.Equal("009aff10", text);
        Padded output = new(4);
        Assert.True(Hex.TryDecode(text, output.Array, output.Offset, 4));
        output.AssertPaddingIntact();
        Assert.Equal(input.Content, output.Content);
        foreach (string bad in new[] { null, "", "009aff1", "009aff100", "009AFF10", "009aff1g", "009aff1/", "009aff1:", "009aff1`", "00 aff10" })
            Assert.False(Hex.TryDecode(bad, output.Array, output.Offset, 4));
    }

    [Theory]
    [InlineData("")]
    [InlineData("f", "my", "co", "ca")]
    [InlineData("fo", "mzxq", "cpng", "c3zo")]
    [InlineData("foo", "mzxw6", "cpnmu", "c3zs6")]
    [InlineData("foob", "mzxw6yq", "cpnmuog", "c3zs6ao")]
    [InlineData("fooba", "mzxw6ytb", "cpnmuoj1", "c3zs6aub")]
    [InlineData("foobar", "mzxw6ytboi", "cpnmuoj1e8", "c3zs6aubqe")]
    public void The_examples_of_rfc_4648_hold_in_all_three_alphabets(string plain, string base32 = "", string base32Hex = "", string z32 = "")
    {
        byte[] bytes = Encoding.ASCII.GetBytes(plain);
        Padded region = new(bytes);
        Assert.Equal(base32, Base32.Encode(region.Array, region.Offset, bytes.Length));
        Assert.Equal(base32Hex, Base32Hex.Encode(region.Array, region.Offset, bytes.Length));
        Assert.Equal(z32, ZBase32.Encode(region.Array, region.Offset, bytes.Length));
        foreach ((Decoder decode, string text) in new (Decoder, string)[]
            { (Base32.TryDecode, base32), (Base32Hex.TryDecode, base32Hex), (ZBase32.TryDecode, z32) })
        {
            foreach (string spelling in new[] { text, text.ToUpperInvariant() })
            {
                Padded output = new(bytes.Length);
                Assert.True(decode(spelling, output.Array, output.Offset, output.Count, out int count));
                output.AssertPaddingIntact();
                Assert.Equal(bytes.Length, count);
                Assert.Equal(bytes, output.Content);
                Assert.False(bytes.Length > 0 && decode(spelling, output.Array, output.Offset, output.Count - 1, out _));
            }
        }
    }

    [Fact]
    public void Base32_has_one_text_for_each_bytes()
    {
        byte[] room = new byte[8];
        int accepted = 0;
        foreach (string text in new[] { "a", "aaa", "aaaaaa", "my======", "m ", "m1", "m8", "mz", "mzxr", "mzxw7", "mzxw6yr", "m\u00e9", "mz-q" })
            if (Base32.TryDecode(text, room, 0, 8, out _)) accepted++;
        Assert.Equal(0, accepted);
        Assert.False(Base32.TryDecode(null, room, 0, 8, out _));

        // Every text of two characters: only 256 of the 1024 have no unused bits set.
        const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        foreach (char first in Alphabet)
            foreach (char second in Alphabet)
            {
                if (!Base32.TryDecode("" + first + second, room, 0, 1, out _)) continue;
                Assert.Equal("" + first + second, Base32.Encode(room, 0, 1));
                accepted++;
            }

        Assert.Equal(256, accepted);
    }

    [Fact]
    public void Utf8_agrees_with_the_strict_decoder_of_the_platform()
    {
        UTF8Encoding strict = new(false, true);
        Random random = new(3629);
        byte[] leads = { 0x00, 0x41, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF };
        int valid = 0;
        for (int i = 0; i < 10000; i++)
        {
            byte[] bytes = new byte[random.Next(6)];
            for (int at = 0; at < bytes.Length; at++) bytes[at] = leads[random.Next(leads.Length)];
            string expected = null;
            try
            {
                expected = strict.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
            }

            if (Array.IndexOf(bytes, (byte)0) >= 0) expected = null;
            Padded region = new(bytes);
            Assert.Equal(expected != null, Utf8.TryDecode(region.Array, region.Offset, bytes.Length, out string text));
            Assert.Equal(expected, text);
            if (expected == null) continue;
            valid++;
            Assert.Equal(bytes, Utf8.Encode(text));
        }

        Assert.True(valid > 1500);
    }

    [Fact]
    public void Utf8_of_real_text_is_decoded_and_of_rubbish_shown_with_question_marks()
    {
        byte[] text = Encoding.UTF8.GetBytes("grüße €  😀");
        Assert.Equal("grüße €  😀", Utf8.DecodeLossy(text, 0, text.Length));
        Assert.Equal("a?b??", Utf8.DecodeLossy(new byte[] { 0x61, 0xFF, 0x62, 0x0A, 0x00 }, 0, 5));
        Assert.Equal("", Utf8.DecodeLossy(text, 3, 0));
    }

    [Fact]
    public void Addresses_are_written_and_read_like_the_platform_does()
    {
        Random random = new(5952);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = new byte[i % 5 == 0 ? 4 : 16];
            for (int at = 0; at < bytes.Length; at++) bytes[at] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)0;

            // The platform writes the tail of some IPv6 addresses as IPv4; those are read but not written so here.
            string platform = new IPAddress(bytes).ToString();
            Assert.Equal(bytes, IpText.Parse(platform));
            if (bytes.Length == 4 || !platform.Contains('.')) Assert.Equal(platform, IpText.Format(bytes));
            Assert.Equal(bytes, IpText.Parse(IpText.Format(bytes)));
            int port = random.Next(65536);
            Assert.Equal(new IPEndPoint(new IPAddress(IpText.Parse(IpText.Format(bytes))), port).Port, port);
            Assert.True(IpText.TryParseWithPort(IpText.FormatWithPort(bytes, port), out byte[] read, out int readPort));
            Assert.Equal(bytes, read);
            Assert.Equal(port, readPort);
        }
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1")]
    [InlineData("::", "::")]
    [InlineData("1::", "1::")]
    [InlineData("::1", "::1")]
    [InlineData("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7")]
    [InlineData("::ffff:192.168.1.2", "::ffff:c0a8:102")]
    [InlineData("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304")]
    [InlineData("10.0.0.255", "10.0.0.255")]
    public void Address_texts_have_one_written_form(string text, string written)
    {
        Assert.Equal(written, IpText.Format(IpText.Parse(text)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("1.2.3.+4")]
    [InlineData("1.2.3.")]
    [InlineData(":")]
    [InlineData(":1")]
    [InlineData("1:")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7:8::")]
    [InlineData("::1::2")]
    [InlineData(":::")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("::1.2.3")]
    [InlineData("[::1]")]
    [InlineData("::%")]
    [InlineData("fe80::1%eth0")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.Null(IpText.Parse(text));
    }

    [Theory]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.4:")]
    [InlineData("1.2.3.4:65536")]
    [InlineData("1.2.3.4:-1")]
    [InlineData("::1:80")]
    [InlineData("[::1]")]
    [InlineData("[::1:80")]
    [InlineData("[1.2.3.4]:80")]
    [InlineData(":80")]
    [InlineData(null)]
    public void What_is_no_address_with_a_port_is_refused(string text)
    {
        Assert.False(IpText.TryParseWithPort(text, out _, out _));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0080", 80)]
    [InlineData("65535", 65535)]
    [InlineData("65536", -1)]
    [InlineData("", -1)]
    [InlineData(" 1", -1)]
    [InlineData("1e3", -1)]
    [InlineData("4294967297", -1)]
    [InlineData(null, -1)]
    public void Decimal_text_is_digits_only(string text, int value)
    {
        Assert.Equal(value, DecimalText.Parse(text, 65535));
    }
}
