using System.Linq;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

/// <summary>Masking against the formula of RFC 6455 section 5.3.</summary>
public class WebSocketFrameTests
{
    private const int Before = 3;

    [Fact]
    public void Every_length_and_phase_is_masked_as_the_rfc_says_and_nothing_around_it()
    {
        byte[] mask = { 0x37, 0xFA, 0x21, 0x3D };
        for (int phase = 0; phase < 6; phase++)
        {
            for (int count = 0; count < 14; count++)
            {
                byte[] buffer = Enumerable.Range(0, Before + count + Before).Select(i => (byte)(i * 29 + 7)).ToArray();
                byte[] expected = buffer.Select((b, i) =>
                    i < Before || i >= Before + count ? b : (byte)(b ^ mask[(i - Before + phase) % 4])).ToArray();
                WebSocketFrame.ApplyMask(buffer, Before, count, mask, phase);
                Assert.Equal(expected, buffer);
            }
        }
    }
}
