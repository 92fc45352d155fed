namespace IrohLite.Firmware.Config;

/// <summary>CRC-32 (reflected polynomial 0xEDB88320), bit by bit: records are small and rare.</summary>
public static class Crc32
{
    /// <summary>The CRC of a region, as an unsigned 32-bit number in a long.</summary>
    public static long Of(byte[] buffer, int offset, int count)
    {
        uint crc = 0xffffffff;
        for (int i = 0; i < count; i++)
        {
            crc ^= buffer[offset + i];
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xedb88320 : crc >> 1;
        }

        return crc ^ 0xffffffff;
    }
}
