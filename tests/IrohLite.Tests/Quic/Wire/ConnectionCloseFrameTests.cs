using System;
using System.Text;
using IrohLite.Buffers;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

public class ConnectionCloseFrameTests
{
    private readonly ConnectionCloseFrame _frame = new();

    private ByteReader Read(byte[] bytes)
    {
        ByteReader reader = Expectations.Reader(bytes);
        _frame.Read(reader, FrameRules.ReadType(reader));
        Assert.Equal(0, reader.Remaining);
        return reader;
    }

    [Theory]
    [InlineData(false, 0x128, 6, "handshake failed")]
    [InlineData(true, 70000, 0, "bye!")]
    [InlineData(false, 0, 0, "")]
    public void A_close_reads_back(bool application, long code, long frameType, string reason)
    {
        byte[] bytes = ConnectionCloseFrame.EncodeReason(reason);
        byte[] written = Expectations.Written(ConnectionCloseFrame.Length(application, code, frameType, bytes.Length),
            w => ConnectionCloseFrame.Write(w, application, code, frameType, bytes, 0, bytes.Length));

        ByteReader reader = Read(written);

        Assert.Equal((application, code, frameType), (_frame.IsApplication, _frame.ErrorCode, _frame.CausingFrameType));
        Assert.Equal(reason, _frame.ReasonText(reader.Buffer));
    }

    [Fact]
    public void A_reason_is_cut_between_characters()
    {
        Assert.Empty(ConnectionCloseFrame.EncodeReason(null));
        Assert.Equal(128, ConnectionCloseFrame.EncodeReason(new string('x', 500)).Length);
        for (int ascii = 120; ascii < 130; ascii++)
        {
            string reason = new string('x', ascii) + "€€€€";
            byte[] bytes = ConnectionCloseFrame.EncodeReason(reason);
            Assert.InRange(bytes.Length, 126, 128);
            Assert.StartsWith(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), reason);
        }
    }

    [Fact]
    public void A_received_reason_is_bounded_and_harmless_in_a_log()
    {
        byte[] reason = Encoding.UTF8.GetBytes("a\n\u001b[31mé" + new string('z', 300));
        byte[] written = new byte[400];
        ByteWriter writer = new(written, 0, 400);
        ConnectionCloseFrame.Write(writer, true, 1, 0, reason, 0, reason.Length);

        ByteReader reader = Read(written.AsSpan(0, writer.Written).ToArray());

        Assert.Equal(reason.Length, _frame.ReasonCount);
        string text = _frame.ReasonText(reader.Buffer);
        Assert.StartsWith("a??[31m??zzz", text);
        Assert.Equal(ConnectionCloseFrame.MaxReasonBytes, text.Length);
    }

    [Theory]
    [InlineData(0, "NO_ERROR")]
    [InlineData(0x7, "FRAME_ENCODING_ERROR")]
    [InlineData(0xe, "KEY_UPDATE_ERROR")]
    [InlineData(0x10, "NO_VIABLE_PATH")]
    [InlineData(0x128, "CRYPTO_ERROR(40)")]
    [InlineData(0x1ff, "CRYPTO_ERROR(255)")]
    [InlineData(0x200, "UNKNOWN(512)")]
    [InlineData(0x11, "UNKNOWN(17)")]
    public void Error_codes_have_the_names_of_the_RFC(long code, string text) => Assert.Equal(text, TransportErrorCode.Text(code));

    [Fact]
    public void Alerts_become_crypto_errors()
    {
        Assert.Equal(0x178, TransportErrorCode.FromAlert(120));
        Assert.True(TransportErrorCode.IsCryptoError(0x100));
        Assert.False(TransportErrorCode.IsCryptoError(0xff));
        Assert.False(TransportErrorCode.IsCryptoError(0x200));
    }
}
