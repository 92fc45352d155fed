namespace IrohLite.Firmware;

/// <summary>Where the board prints its lines.</summary>
public interface ISerialPort
{
    /// <summary>Prints one line.</summary>
    void WriteLine(string line);
}
