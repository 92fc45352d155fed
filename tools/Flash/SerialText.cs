using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace IrohLite.Tools.Flash;

/// <summary>
/// The bytes of the board's serial port as text. A runtime with its debugger enabled wraps what a program prints in packets of its wire
/// protocol: "NFPKTV1" and a zero, two checksums, command, two sequence numbers, flags, size, then the payload. Messages (command 1)
/// are printed, other packets dropped, plain text passes.
/// </summary>
internal sealed class SerialText(TextWriter output)
{
    private const int HeaderBytes = 32;
    private const int CommandOffset = 16;
    private const int SizeOffset = 28;
    private const int MaxPayloadBytes = 2048;
    private const uint Message = 1;

    private static readonly byte[] Marker = Encoding.ASCII.GetBytes("NFPKTV1\0");

    private readonly byte[] _waiting = new byte[HeaderBytes + MaxPayloadBytes];
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
    private readonly char[] _characters = new char[HeaderBytes + MaxPayloadBytes];
    private int _count;

    /// <summary>Takes what came in.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            _waiting[_count++] = value;
            Settle();
        }

        output.Flush();
    }

    // Decides about the bytes that wait: they may still become a packet, are one, or are plain text.
    private void Settle()
    {
        while (_count > 0)
        {
            ReadOnlySpan<byte> waiting = _waiting.AsSpan(0, _count);
            int compared = Math.Min(_count, Marker.Length);
            if (!waiting[..compared].SequenceEqual(Marker.AsSpan(0, compared)))
            {
                Print(waiting[..1]);
                Drop(1);
                continue;
            }

            if (_count < HeaderBytes) return;
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(waiting[SizeOffset..]);
            if (size > MaxPayloadBytes)
            {
                Drop(HeaderBytes);
                continue;
            }

            if (_count < HeaderBytes + size) return;
            if (BinaryPrimitives.ReadUInt32LittleEndian(waiting[CommandOffset..]) == Message) Print(waiting.Slice(HeaderBytes, (int)size));
            Drop(HeaderBytes + (int)size);
        }
    }

    private void Print(ReadOnlySpan<byte> text)
    {
        int count = _decoder.GetChars(text, _characters, flush: false);
        for (int i = 0; i < count; i++)
            if (_characters[i] is '\n' or '\t' or >= ' ') output.Write(_characters[i]);
    }

    private void Drop(int count)
    {
        _count -= count;
        _waiting.AsSpan(count, _count).CopyTo(_waiting);
    }
}
