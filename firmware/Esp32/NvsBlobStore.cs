using IrohLite.Firmware.Config;
using IrohLite.Native;
using IrohLite.Text;

namespace IrohLite.Firmware.Esp32;

/// <summary>Blobs in the chip's NVS partition, through the native module. Names have at most 15 characters.</summary>
internal sealed class NvsBlobStore : IBlobStore
{
    public bool TryGet(string name, byte[] buffer, int count) => NodeServices.ReadBlob(Utf8.Encode(name), buffer, 0, count) >= 0;

    public bool Set(string name, byte[] buffer, int count) => NodeServices.WriteBlob(Utf8.Encode(name), buffer, 0, count) >= 0;
}
