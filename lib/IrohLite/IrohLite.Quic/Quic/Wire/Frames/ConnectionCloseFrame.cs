using System;
using System.Text;
using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>CONNECTION_CLOSE (RFC 9000 section 19.19), the transport's (0x1c) and the application's (0x1d).</summary>
internal sealed class ConnectionCloseFrame
{
    /// <summary>Bytes of a reason that are kept or sent; the rest is left out.</summary>
    public const int MaxReasonBytes = 128;

    public bool IsApplication { get; private set; }

    /// <summary>A <see cref="TransportErrorCode"/>, or the application's own code.</summary>
    public long ErrorCode { get; private set; }

    /// <summary>The frame that caused a transport close; 0 when unknown or for an application close.</summary>
    public long CausingFrameType { get; private set; }

    /// <summary>Where the reason (UTF-8, unchecked) stands in the reader's buffer.</summary>
    public int ReasonOffset { get; private set; }

    public int ReasonCount { get; private set; }

    public void Read(ByteReader reader, long type)
    {
        IsApplication = type == FrameType.ApplicationClose;
        ErrorCode = FrameField.VarInt(reader, type);
        CausingFrameType = IsApplication ? 0 : FrameField.VarInt(reader, type);
        ReasonOffset = FrameField.Region(reader, type, out int count);
        ReasonCount = count;
    }

    /// <summary>The reason as text for people: at most <see cref="MaxReasonBytes"/> bytes, other than printable ASCII as '?'.</summary>
    public string ReasonText(byte[] buffer)
    {
        int count = ReasonCount < MaxReasonBytes ? ReasonCount : MaxReasonBytes;
        char[] text = new char[count];
        for (int i = 0; i < count; i++)
        {
            byte b = buffer[ReasonOffset + i];
            text[i] = b >= 0x20 && b < 0x7F ? (char)b : '?';
        }
        return new string(text);
    }

    /// <summary>A reason as the bytes to send, cut to <see cref="MaxReasonBytes"/>.</summary>
    public static byte[] EncodeReason(string reason)
    {
        byte[] all = Encoding.UTF8.GetBytes(reason ?? "");
        if (all.Length <= MaxReasonBytes) return all;
        int count = MaxReasonBytes;
        while ((all[count] & 0xC0) == 0x80) count--; // not inside a character
        byte[] cut = new byte[count];
        Array.Copy(all, 0, cut, 0, count);
        return cut;
    }

    public static int Length(bool application, long errorCode, long causingFrameType, int reasonCount) =>
        1 + VarInt.Length(errorCode) + (application ? 0 : VarInt.Length(causingFrameType)) + VarInt.Length(reasonCount) + reasonCount;

    public static void Write(ByteWriter writer, bool application, long errorCode, long causingFrameType, byte[] reason, int reasonOffset, int reasonCount)
    {
        writer.WriteByte((int)(application ? FrameType.ApplicationClose : FrameType.ConnectionClose));
        writer.WriteVarInt(errorCode);
        if (!application) writer.WriteVarInt(causingFrameType);
        writer.WriteVarInt(reasonCount);
        writer.WriteBytes(reason, reasonOffset, reasonCount);
    }
}
