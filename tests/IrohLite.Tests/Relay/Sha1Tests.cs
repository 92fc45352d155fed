using System;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace IrohLite.Tests.Relay;

public class Sha1Tests
{
    // FIPS 180-4 examples and lengths around the block and padding boundaries.
    [Theory]
    [InlineData("abc", "a9993e364706816aba3e25717850c26c9cd0d89d")]
    [InlineData("", "da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1")]
    public void Published_examples_hash_as_published(string text, string expected)
    {
        Padded data = new(Encoding.ASCII.GetBytes(text));
        Assert.Equal(expected, Convert.ToHexStringLower(IrohLite.Relay.Sha1.Hash(data.Array, data.Offset, data.Count)));
    }

    [Fact]
    public void Every_length_to_three_blocks_agrees_with_the_system()
    {
        byte[] data = new byte[192];
        for (int i = 0; i < data.Length; i++) data[i] = (byte)(7 * i);
        for (int count = 0; count <= data.Length; count++)
            Assert.Equal(SHA1.HashData(data.AsSpan(0, count)), IrohLite.Relay.Sha1.Hash(data, 0, count));
    }
}
