using System.Device.Gpio;
using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware.Esp32;

/// <summary>Opens the sensor that wifi.secrets names.</summary>
internal static class ClimateSensors
{
    /// <summary>The sensor of that kind (dht22, dht21, dht12, dht11), or null for "none".</summary>
    internal static IClimateSensor Open(string kind, GpioController gpio, int echoPin, int triggerPin)
    {
        switch (kind)
        {
            case "dht22": return new Dht22Sensor(new Dht22Rmt(gpio, echoPin, triggerPin));
            case "dht21":
            case "dht12":
            case "dht11": return new DhtxxSensor(kind.ToUpper(), gpio, echoPin, triggerPin);
            default: return null;
        }
    }
}
