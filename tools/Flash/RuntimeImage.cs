using System.IO;

namespace IrohLite.Tools.Flash;

/// <summary>Checks a nanoCLR.bin before anything is written.</summary>
internal static class RuntimeImage
{
    /// <summary>Size of the runtime's partition.</summary>
    public const long PartitionBytes = 0x1D0000;

    // First byte of every ESP32 program image.
    private const byte Magic = 0xE9;

    /// <summary>Returns the full path; throws FlashException.</summary>
    public static string Check(string path)
    {
        if (!File.Exists(path)) throw new FlashException("There is no runtime image " + path + ". native/README.md tells how to build it.");
        if (Path.GetExtension(path) != ".bin") throw new FlashException("The runtime image must be a .bin file: nanoff refuses any other name.");
        long size = new FileInfo(path).Length;
        if (size == 0 || size > PartitionBytes)
            throw new FlashException("The runtime image has " + size + " bytes; its partition holds 1 to " + PartitionBytes + ".");
        using FileStream file = File.OpenRead(path);
        return file.ReadByte() == Magic ? Path.GetFullPath(path) : throw new FlashException(path + " is no ESP32 program image (nanoCLR.bin).");
    }
}
