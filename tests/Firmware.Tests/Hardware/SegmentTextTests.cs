using System.Linq;
using IrohLite.Firmware.Hardware;
using Xunit;

namespace Firmware.Tests.Hardware;

/// <summary>What four seven-segment digits show.</summary>
public class SegmentTextTests
{
    private const string Glyphs = "0123456789";
    private static readonly byte[] Shapes = { 0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f };

    [Theory]
    [InlineData(234, "23.4C")]
    [InlineData(50, " 5.0C")]
    [InlineData(0, " 0.0C")]
    [InlineData(7, " 0.7C")]
    [InlineData(999, "99.9C")]
    [InlineData(1000, "100C")]
    [InlineData(1250, "125C")]
    [InlineData(-1, "-0.1C")]
    [InlineData(-32, "-3.2C")]
    [InlineData(-99, "-9.9C")]
    [InlineData(-100, "-10C")]
    [InlineData(-125, "-13C")]
    [InlineData(-400, "-40C")]
    public void A_temperature_is_shown_with_its_unit(int tenths, string expected)
    {
        ClimateReading reading = new();
        reading.SetGood(tenths, 500, 0);
        Assert.Equal(expected, Show(reading));
    }

    [Fact]
    public void A_reading_that_is_not_good_is_shown_as_dashes()
    {
        ClimateReading reading = new();
        reading.SetGood(234, 500, 0);
        reading.SetFault(SensorFault.Checksum, 1);
        Assert.Equal("----", Show(reading));
    }

    private static string Show(ClimateReading reading)
    {
        byte[] segments = new byte[SegmentText.Digits];
        SegmentText.Write(reading, segments);
        return string.Concat(segments.Select(Text));
    }

    private static string Text(byte segments)
    {
        string dot = (segments & 0x80) != 0 ? "." : "";
        return (segments & 0x7f) switch
        {
            0x00 => " ",
            0x40 => "-",
            0x39 => "C",
            int shape => Glyphs[System.Array.IndexOf(Shapes, (byte)shape)].ToString(),
        } + dot;
    }
}
