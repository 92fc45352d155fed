using System;
using System.Device.Gpio;
using Iot.Device.DHTxx.Esp32;
using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware.Esp32;

/// <summary>
/// A DHT11, DHT12 or DHT21 through its package. The package refuses to read while the wall clock stands before its last reading and
/// then repeats the old one as good, so a clock that steps back makes a new driver here. A missing sensor stalls the runtime for a second.
/// </summary>
internal sealed class DhtxxSensor : IClimateSensor
{
    private readonly GpioController _gpio;
    private readonly int _echoPin;
    private readonly int _triggerPin;
    private readonly ReadingFilter _filter = new ReadingFilter();
    private DhtBase _driver;
    private DateTime _lastRead;
    private long _notBeforeMs = long.MinValue;

    internal DhtxxSensor(string model, GpioController gpio, int echoPin, int triggerPin)
    {
        Model = model;
        _gpio = gpio;
        _echoPin = echoPin;
        _triggerPin = triggerPin;
        Open();
    }

    public string Model { get; }

    public void Read(ClimateReading reading, long nowMs)
    {
        if (nowMs < _notBeforeMs)
        {
            reading.SetFault(SensorFault.TooSoon, nowMs);
            return;
        }

        _notBeforeMs = nowMs + Dht22Sensor.MinIntervalMs;
        try
        {
            if (DateTime.UtcNow < _lastRead) Open();
            double celsius = _driver.Temperature.DegreesCelsius;
            bool isRead = _driver.IsLastReadSuccessful;
            double percent = isRead ? _driver.Humidity.Percent : 0;
            _lastRead = DateTime.UtcNow;
            if (isRead) reading.SetGood(Tenths(celsius), Tenths(percent), nowMs);
            else reading.SetFault(SensorFault.NoResponse, nowMs);
        }
        catch (Exception)
        {
            reading.SetFault(SensorFault.BusFault, nowMs);
        }

        _filter.Judge(reading);
    }

    private void Open()
    {
        if (_driver != null) _driver.Dispose();
        switch (Model)
        {
            case "DHT11": _driver = new Dht11(_echoPin, _triggerPin, PinNumberingScheme.Logical, _gpio, false); break;
            case "DHT12": _driver = new Dht12(_echoPin, _triggerPin, PinNumberingScheme.Logical, _gpio, false); break;
            default: _driver = new Dht21(_echoPin, _triggerPin, PinNumberingScheme.Logical, _gpio, false); break;
        }

        _lastRead = DateTime.UtcNow;
    }

    private static int Tenths(double value) => (int)(value * 10 + (value < 0 ? -0.5 : 0.5));
}
