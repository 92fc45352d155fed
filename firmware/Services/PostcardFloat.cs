using System;
using IrohLite.Tickets;

namespace IrohLite.Firmware.Services;

/// <summary>postcard's f32: four bytes, little-endian IEEE 754, never a varint. BitConverter is little-endian on the ESP32 and on PCs.</summary>
internal static class PostcardFloat
{
    public static void Write(PostcardWriter writer, float value)
    {
        byte[] bytes = BitConverter.GetBytes(value);
        writer.WriteFixed(bytes, 0, bytes.Length);
    }

    public static bool TryRead(PostcardReader reader, out float value)
    {
        byte[] bytes = new byte[4];
        bool read = reader.TryReadFixed(bytes, 0, bytes.Length);
        value = read ? BitConverter.ToSingle(bytes, 0) : 0f;
        return read;
    }
}
