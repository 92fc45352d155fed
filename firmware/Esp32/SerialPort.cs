using System;

namespace IrohLite.Firmware.Esp32;

/// <summary>UART0, where the runtime's console goes. Console and not Debug, whose calls vanish in release builds.</summary>
internal sealed class SerialPort : ISerialPort
{
    public void WriteLine(string line) => Console.WriteLine(line);
}
