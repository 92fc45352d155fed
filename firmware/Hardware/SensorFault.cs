namespace IrohLite.Firmware.Hardware;

/// <summary>Why a sensor gave no usable reading. Numbers are stable: they travel in <c>irohlite/node/0</c>.</summary>
public static class SensorFault
{
    /// <summary>No fault.</summary>
    public const int None = 0;

    /// <summary>No edge at all: sensor absent, unpowered or the wire broken.</summary>
    public const int NoResponse = 1;

    /// <summary>Edges, but not the 80/80 microsecond answer that opens a frame.</summary>
    public const int MissedStart = 2;

    /// <summary>A frame that is too short, or a pulse whose width fits no bit because edges were lost.</summary>
    public const int LostEdge = 3;

    /// <summary>A pulse between the widths of a zero and a one, or a surplus edge: the bit cannot be told.</summary>
    public const int Noise = 4;

    /// <summary>The five bytes do not add up.</summary>
    public const int Checksum = 5;

    /// <summary>The bytes add up, but name a value the sensor cannot measure.</summary>
    public const int OutOfRange = 6;

    /// <summary>A value in range that leaps from the last good one and is not yet confirmed by repetition.</summary>
    public const int Implausible = 7;

    /// <summary>Asked before the sensor's two-second pause was over.</summary>
    public const int TooSoon = 8;

    /// <summary>The capture hardware or a driver package failed.</summary>
    public const int BusFault = 9;

    /// <summary>A word for the serial port and for clients.</summary>
    public static string NameOf(int fault)
    {
        switch (fault)
        {
            case None: return "ok";
            case NoResponse: return "no response";
            case MissedStart: return "missed start";
            case LostEdge: return "lost edge";
            case Noise: return "noise";
            case Checksum: return "checksum mismatch";
            case OutOfRange: return "out of range";
            case Implausible: return "unconfirmed";
            case TooSoon: return "too soon";
            case BusFault: return "bus fault";
            default: return "fault " + fault.ToString();
        }
    }
}
