using IrohLite.Firmware.Hardware;
using IrohLite.Desktop.Simulation;
using Xunit;

namespace Firmware.Tests.Hardware;

public class Dht22FrameTests
{
    [Fact]
    public void Every_reading_of_the_full_range_is_accepted_and_exact()
    {
        ClimateReading reading = new();
        int accepted = 0;
        for (int t = Dht22Frame.MinTemperatureTenths; t <= Dht22Frame.MaxTemperatureTenths; t++)
        {
            for (int h = 0; h <= Dht22Frame.MaxHumidityTenths; h++)
            {
                Dht22Frame.Decode(Dht22Waveform.Frame(t, h), reading, 5);
                if (!reading.IsGood || reading.TemperatureTenths != t || reading.HumidityTenths != h)
                    Assert.Fail($"{t}/{h} decoded as {reading.TemperatureTenths}/{reading.HumidityTenths}, fault {reading.Fault}");
                accepted++;
            }
        }

        Assert.Equal(1201 * 1001, accepted);
    }

    [Fact]
    public void Every_other_value_of_the_four_bytes_is_refused_as_out_of_range()
    {
        ClimateReading reading = new();
        for (int raw = 0; raw <= 0xffff; raw++)
        {
            Dht22Frame.Decode(Sum((byte)(raw >> 8), (byte)raw, 0, 235), reading, 0);
            Assert.Equal(raw <= 1000 ? SensorFault.None : SensorFault.OutOfRange, reading.Fault);

            Dht22Frame.Decode(Sum(1, 100, (byte)(raw >> 8), (byte)raw), reading, 0);
            int magnitude = raw & 0x7fff;
            bool measurable = (raw & 0x8000) != 0 ? magnitude <= 400 : magnitude <= 800;
            Assert.Equal(measurable ? SensorFault.None : SensorFault.OutOfRange, reading.Fault);
        }
    }

    [Fact]
    public void Every_wrong_checksum_is_refused_and_shows_no_value()
    {
        ClimateReading reading = new();
        byte[] frame = Dht22Waveform.Frame(235, 412);
        byte right = frame[4];
        for (int sum = 0; sum < 256; sum++)
        {
            frame[4] = (byte)sum;
            Dht22Frame.Decode(frame, reading, 0);
            Assert.Equal(sum == right ? SensorFault.None : SensorFault.Checksum, reading.Fault);
            if (sum != right) Assert.Equal(0, reading.TemperatureTenths + reading.HumidityTenths);
        }
    }

    [Theory]
    [InlineData(235, 412, 0x41bc0000u, 0x4224cccdu)]
    [InlineData(-53, 805, 0xc0a9999au, 0x42a10000u)]
    [InlineData(-400, 0, 0xc2200000u, 0u)]
    public void Floats_equal_upstreams_bits(int t, int h, uint temperatureBits, uint humidityBits)
    {
        ClimateReading reading = new();
        Dht22Frame.Decode(Dht22Waveform.Frame(t, h), reading, 0);
        Assert.Equal(temperatureBits, System.BitConverter.SingleToUInt32Bits(reading.TemperatureCelsius));
        Assert.Equal(humidityBits, System.BitConverter.SingleToUInt32Bits(reading.HumidityPercent));
    }

    private static byte[] Sum(byte a, byte b, byte c, byte d) => new[] { a, b, c, d, (byte)(a + b + c + d) };
}
