namespace IrohLite.Quic;

/// <summary>Settles what sent packets carried: acknowledged content is done, lost content is due again with today's values.</summary>
internal sealed class DeliveryTracker : IDeliverySink
{
    private readonly QuicConnection _connection;

    public DeliveryTracker(QuicConnection connection) => _connection = connection;

    public void OnPacketAcked(int space, SentPacketLog log, int slot)
    {
        QuicConnection c = _connection;
        if (log.LargestAckSent(slot) != PacketNumber.None) c.Space(space).Acks.OnAckAcked(log.LargestAckSent(slot));
        if ((log.Flags(slot) & RetransmitFlags.HandshakeDone) != 0) c.Control.OnHandshakeDoneAcked();
        int count = log.RecordCount(slot);
        for (int i = 0; i < count; i++) RecordAcked(space, log, log.Record(slot, i));
    }

    public void OnPacketLost(int space, SentPacketLog log, int slot)
    {
        QuicConnection c = _connection;
        int flags = log.Flags(slot);
        if ((flags & RetransmitFlags.HandshakeDone) != 0) c.Control.OnHandshakeDoneLost();
        if ((flags & RetransmitFlags.MaxData) != 0) c.Flow.MaxDataDue = true;
        if ((flags & RetransmitFlags.MaxStreams) != 0) c.Streams.MaxStreamsDue = true;
        int count = log.RecordCount(slot);
        for (int i = 0; i < count; i++) RecordLost(space, log, log.Record(slot, i));
    }

    private void RecordAcked(int space, SentPacketLog log, int record)
    {
        QuicConnection c = _connection;
        int kind = log.RecordKind(record);
        long id = log.RecordId(record);
        if (kind == SentRecord.Crypto)
        {
            c.Space(space).CryptoOut.OnAcked(log.RecordOffset(record), log.RecordLength(record));
            return;
        }

        if (kind == SentRecord.RetireConnectionId)
        {
            c.RemoteCids.OnRetirementAcked(id);
            return;
        }

        QuicStream stream = c.Streams.Find(id);
        if (stream == null) return;
        SendStream send = stream.Send;
        if (kind == SentRecord.ResetStream) send.OnResetAcked();
        if (kind == SentRecord.Stream || kind == SentRecord.StreamEnd)
        {
            send.OnAcked(log.RecordOffset(record), log.RecordLength(record), kind == SentRecord.StreamEnd);
            // An acknowledgement that cannot be remembered makes its bytes due again.
            if (send.Buffer.HasLost) c.Streams.SendDue = true;
            if ((send.WantsRoom && send.Buffer.Free > 0) || send.IsDelivered)
            {
                send.WantsRoom = false;
                c.Streams.Raise(stream, QuicStream.EventWritable);
            }
        }

        if (stream.IsDone) c.Streams.SweepDue = true;
    }

    private void RecordLost(int space, SentPacketLog log, int record)
    {
        QuicConnection c = _connection;
        int kind = log.RecordKind(record);
        long id = log.RecordId(record);
        if (kind == SentRecord.Crypto)
        {
            c.Space(space).CryptoOut.OnLost(log.RecordOffset(record), log.RecordLength(record));
            return;
        }

        if (kind == SentRecord.RetireConnectionId)
        {
            c.RemoteCids.OnRetirementLost(id);
            return;
        }

        QuicStream stream = c.Streams.Find(id);
        if (stream == null) return;
        if (kind == SentRecord.Stream || kind == SentRecord.StreamEnd)
        {
            stream.Send.OnLost(log.RecordOffset(record), log.RecordLength(record), kind == SentRecord.StreamEnd);
            c.Streams.SendDue = true;
            return;
        }

        if (kind == SentRecord.ResetStream) stream.Send.OnResetLost();
        if (kind == SentRecord.StopSending) stream.Receive.OnStopLost();
        if (kind == SentRecord.MaxStreamData) stream.Receive.OnMaxStreamDataLost();
        c.Streams.ControlDue = true;
    }
}
