using IrohLite.Buffers;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using nanoFramework.TestFramework;

namespace IrohLite.Portable;

/// <summary>QUIC's wire codecs where the interpreter could differ: 62-bit numbers, negative shifts, exceptions, reused objects.</summary>
[TestClass]
public class QuicWireTests
{
    /// <summary>RFC 9000 A.2 and A.3.</summary>
    [TestMethod]
    public void Packet_numbers_are_truncated_and_recovered()
    {
        Expect.Equal(2, PacketNumber.EncodedLength(0xac5c02, 0xabe8b3), "A.2, 16 bits");
        Expect.Equal(3, PacketNumber.EncodedLength(0xace8fe, 0xabe8b3), "A.2, 24 bits");
        Expect.Equal(0xa82f9b32, PacketNumber.Decode(0xa82f30ea, 0x9b32, 2), "A.3");
        Expect.Equal(0, PacketNumber.Decode(PacketNumber.None, 0, 1), "the first number");
        Expect.Equal(0x3FFFFFFFFFFFFFFF, PacketNumber.Decode(0x3FFFFFFFFFFFFFFE, 0xFFFFFFFF, 4), "the last number");
    }

    /// <summary>A long header written, read and cut.</summary>
    [TestMethod]
    public void A_header_reads_back_and_is_dropped_when_cut()
    {
        ConnectionId id = new ConnectionId();
        id.Set(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, 0, 8);
        byte[] buffer = new byte[100];
        int payload = PacketHeaderWriter.WriteLong(buffer, 5, PacketType.Initial, id, id, new byte[] { 9, 9 }, 0, 2, 0x1234, 2);
        PacketHeaderWriter.PatchLength(buffer, payload - 2, payload + 30);

        PacketHeader header = new PacketHeader();
        Expect.True(PacketHeaderReader.TryRead(buffer, 5, 100, 8, header, out int reason), "the header reads");
        Expect.Equal(DropReason.None, reason, "reason");
        Expect.Equal(PacketType.Initial, header.Type, "type");
        Expect.Equal(payload - 2, header.PacketNumberOffset, "number offset");
        Expect.Equal(payload + 30, header.PacketEnd, "end");
        Expect.Equal("0102030405060708", header.Dcid.ToString(), "destination id");
        for (int end = 5; end < payload + 30; end++)
        {
            Expect.True(!PacketHeaderReader.TryRead(buffer, 5, end, 8, header, out reason), "a cut header is dropped");
            Expect.Equal(DropReason.Truncated, reason, "reason of the drop");
        }
    }

    /// <summary>An ACK with a skipped number, and one that goes below 0.</summary>
    [TestMethod]
    public void Acknowledged_ranges_read_back_and_underflow_is_refused()
    {
        RangeSet set = new RangeSet(4);
        set.Add(10, 10);
        set.Add(15, 16);
        set.Add(0x100000000, 0x100000002);
        ByteWriter writer = new ByteWriter(new byte[64], 0, 64);
        AckFrame.Write(writer, set, 25, 3);
        AckFrame frame = new AckFrame();
        ByteReader reader = new ByteReader(writer.Buffer, 1, writer.Written - 1);
        frame.Read(reader, FrameType.Ack);
        Expect.Equal(3, frame.RangeCount, "ranges");
        Expect.Equal(0x100000002, frame.Largest(0), "largest");
        Expect.Equal(0x100000000, frame.Smallest(0), "start of the newest");
        Expect.Equal(10, frame.Smallest(2), "oldest");

        long code = -1;
        try
        {
            frame.Read(new ByteReader(new byte[] { 5, 0, 1, 0, 3, 1 }, 0, 6), FrameType.Ack);
        }
        catch (TransportException e)
        {
            code = e.Code;
            Expect.Equal(FrameType.Ack, e.FrameType, "frame type");
        }
        Expect.Equal(TransportErrorCode.FrameEncodingError, code, "code");
    }

    /// <summary>Padding is skipped in words of eight, which must not depend on their alignment.</summary>
    [TestMethod]
    public void A_run_of_padding_is_skipped_from_any_offset()
    {
        byte[] buffer = new byte[80];
        buffer[70] = 1;
        ByteReader reader = new ByteReader();
        for (int offset = 0; offset < 70; offset++)
        {
            reader.Reset(buffer, offset, 80 - offset);
            Expect.Equal(70 - offset, PaddingFrame.SkipRun(reader), "padding from " + offset.ToString());
        }
    }

    /// <summary>Parameters of a device, written and read.</summary>
    [TestMethod]
    public void Transport_parameters_read_back_and_nonsense_is_refused()
    {
        TransportParameters sent = new TransportParameters();
        sent.MaxIdleTimeoutMs = 30000;
        sent.InitialMaxData = 4611686018427387903;
        sent.InitialSourceConnectionId = new ConnectionId();
        ByteWriter writer = new ByteWriter(new byte[64], 0, 64);
        sent.Write(writer, true);
        TransportParameters read = TransportParametersReader.Read(writer.Buffer, 0, writer.Written, true);
        Expect.Equal(30000, read.MaxIdleTimeoutMs, "idle timeout");
        Expect.Equal(4611686018427387903, read.InitialMaxData, "data");
        Expect.Equal(0, read.InitialSourceConnectionId.Length, "source id");
        Expect.True(read.StatelessResetToken == null, "no token");

        long code = -1;
        try
        {
            TransportParametersReader.Read(new byte[] { 0x0e, 1, 1 }, 0, 3, true);
        }
        catch (TransportException e)
        {
            code = e.Code;
        }
        Expect.Equal(TransportErrorCode.TransportParameterError, code, "code");
    }
}
