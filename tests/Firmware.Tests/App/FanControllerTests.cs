using System.Text.Json;
using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;
using IrohLite.Tests;
using Xunit;

namespace Firmware.Tests.App;

public class FanControllerTests
{
    private readonly FakeSensor _insideSensor = new();
    private readonly FakeSensor _outsideSensor = new();
    private readonly FakePin _pin = new();
    private readonly SensorChannel _inside;
    private readonly SensorChannel _outside;
    private long _now;

    public FanControllerTests()
    {
        _inside = new SensorChannel(_insideSensor);
        _outside = new SensorChannel(_outsideSensor);
    }

    [Fact]
    public void The_threshold_sequence_of_upstream_is_followed()
    {
        FanController fan = Fan(FanMode.Threshold, 0, 0);
        using JsonDocument vectors = Vectors.Open("irpc/irpc.json");
        int steps = 0;
        foreach (JsonElement step in vectors.RootElement.GetProperty("fan_threshold_sequence").GetProperty("steps").EnumerateArray())
        {
            _insideSensor.Temperature = (int)System.Math.Round(step.GetProperty("temperature").GetDouble() * 10);
            Sample(fan);
            Assert.Equal(step.GetProperty("fan").GetBoolean(), fan.IsOn);
            steps++;
        }

        Assert.Equal(9, steps);
    }

    [Fact]
    public void Virtual_humidity_agrees_with_the_vectors()
    {
        using JsonDocument vectors = Vectors.Open("irpc/irpc.json");
        double tolerance = vectors.RootElement.GetProperty("virtual_rh_tolerance").GetDouble();
        int rows = 0;
        foreach (JsonElement row in vectors.RootElement.GetProperty("virtual_rh").EnumerateArray())
        {
            float actual = VirtualHumidity.Of(row.GetProperty("outside")[0].GetSingle(), row.GetProperty("outside")[1].GetSingle(),
                row.GetProperty("inside")[0].GetSingle());
            Assert.InRange(actual, row.GetProperty("virtual_rh").GetDouble() - tolerance, row.GetProperty("virtual_rh").GetDouble() + tolerance);
            rows++;
        }

        Assert.Equal(6, rows);
    }

    [Fact]
    public void Humidity_advantage_switches_on_at_ten_and_off_below_two()
    {
        FanController fan = Fan(FanMode.Advantage, 0, 0);
        // Equal temperatures: the advantage is simply the difference of the two humidities.
        bool[] expected = { false, true, true, true, false, false };
        int[] difference = { 99, 101, 50, 21, 19, 99 };
        for (int i = 0; i < difference.Length; i++)
        {
            _outsideSensor.Humidity = 400;
            _insideSensor.Humidity = 400 + difference[i];
            Sample(fan);
            Assert.Equal(expected[i], fan.IsOn);
        }
    }

    [Fact]
    public void Automatic_changes_keep_the_minimum_times_and_commands_do_not()
    {
        FanController fan = Fan(FanMode.Threshold, 60_000, 60_000);
        _insideSensor.Temperature = 300;
        Sample(fan);
        Assert.True(fan.IsOn);
        _insideSensor.Temperature = 200;
        Sample(fan);
        Assert.True(fan.IsOn);
        _now += 60_000;
        Sample(fan);
        Assert.False(fan.IsOn);
        _insideSensor.Temperature = 300;
        Sample(fan);
        Assert.False(fan.IsOn);
        fan.SetManual(true, 0, "asked", _now);
        Assert.True(fan.IsOn);
    }

    [Fact]
    public void A_new_threshold_acts_at_once_from_the_current_state()
    {
        FanController fan = Fan(FanMode.Threshold, 60_000, 60_000);
        _insideSensor.Temperature = 235;
        Sample(fan);
        Assert.False(fan.IsOn);
        fan.SetThreshold(20.0f, _inside, _outside, _now);
        Assert.True(fan.IsOn);
        fan.SetThreshold(24.0f, _inside, _outside, _now);
        Assert.True(fan.IsOn);
        fan.SetThreshold(24.6f, _inside, _outside, _now);
        Assert.False(fan.IsOn);
    }

    [Fact]
    public void A_lost_sensor_leads_to_the_safe_state_even_inside_the_minimum_time()
    {
        FanController fan = Fan(FanMode.Threshold, 600_000, 0);
        _insideSensor.Temperature = 300;
        Sample(fan);
        _insideSensor.Fault = SensorFault.NoResponse;
        for (int i = 0; i < 14; i++)
        {
            Sample(fan);
            Assert.True(fan.IsOn);
        }

        Sample(fan);
        Sample(fan);
        Assert.False(fan.IsOn);
        Assert.Equal("sensor lost", fan.Reason);
    }

    [Fact]
    public void A_manual_command_ends_at_its_auto_off_time()
    {
        FanController fan = Fan(FanMode.Threshold, 0, 0);
        fan.SetManual(true, 10_000, "asked", _now);
        Sample(fan);
        Assert.True(fan.IsOn);
        _now += 10_000;
        Sample(fan);
        Assert.False(fan.IsOn);
        Assert.Equal(FanMode.Threshold, fan.Mode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_load_is_off_from_boot_on_whatever_the_active_level(bool activeHigh)
    {
        FanController fan = new(new PowerSwitch(_pin, activeHigh), FanMode.Threshold, 0, 0);
        Assert.True(_pin.Writes > 0);
        Assert.Equal(!activeHigh, _pin.High);
        fan.SetManual(true, 0, "asked", 0);
        Assert.Equal(activeHigh, _pin.High);
        fan.SafeState("shutdown", 1);
        Assert.Equal(!activeHigh, _pin.High);
    }

    private FanController Fan(int mode, long minOnMs, long minOffMs) => new(new PowerSwitch(_pin, true), mode, minOnMs, minOffMs);

    private void Sample(FanController fan)
    {
        _now += 2000;
        _inside.Sample(_now);
        _outside.Sample(_now);
        fan.Update(_inside, _outside, _now);
    }
}
