using System;
using System.IO;
using IrohLite.Firmware.Config;

namespace IrohLite.Firmware.Esp32;

/// <summary>
/// Slots as files of the internal drive. Flush is not durable there, closing is: each write creates, writes and closes. The network
/// configuration lives on the same drive in files named con_*, so ours carry a prefix.
/// </summary>
internal sealed class FileSlotStorage : ISlotStorage
{
    private const string Prefix = "I:\\irohlite.";

    public int Read(string slot, byte[] buffer, int capacity)
    {
        try
        {
            string path = Prefix + slot;
            if (!File.Exists(path)) return 0;
            using FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read);
            int total = 0;
            while (total < capacity)
            {
                int count = file.Read(buffer, total, capacity - total);
                if (count <= 0) break;
                total += count;
            }

            return total;
        }
        catch (Exception)
        {
            return 0;
        }
    }

    public bool Write(string slot, byte[] buffer, int count)
    {
        try
        {
            using FileStream file = new FileStream(Prefix + slot, FileMode.Create, FileAccess.Write);
            file.Write(buffer, 0, count);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
