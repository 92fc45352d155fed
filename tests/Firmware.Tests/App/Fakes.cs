using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;

namespace Firmware.Tests.App;

/// <summary>A sensor that reports what the test says.</summary>
internal sealed class FakeSensor : IClimateSensor
{
    public int Temperature = 200;
    public int Humidity = 500;
    public int Fault;

    public string Model => "fake";

    public void Read(ClimateReading reading, long nowMs)
    {
        if (Fault != SensorFault.None) reading.SetFault(Fault, nowMs);
        else reading.SetGood(Temperature, Humidity, nowMs);
    }
}

/// <summary>A pin that remembers its level.</summary>
internal sealed class FakePin : IOutputPin
{
    public bool High;
    public int Writes;

    public void Write(bool high)
    {
        High = high;
        Writes++;
    }
}
