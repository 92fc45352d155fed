namespace IrohLite.Firmware.Config;

/// <summary>Small named blobs whose replacement is atomic: the ESP32's NVS partition behind the native module.</summary>
public interface IBlobStore
{
    /// <summary>Reads a blob of exactly <paramref name="count"/> bytes; false when it is absent or of another size.</summary>
    bool TryGet(string name, byte[] buffer, int count);

    /// <summary>Stores a blob; false when the storage refused.</summary>
    bool Set(string name, byte[] buffer, int count);
}
