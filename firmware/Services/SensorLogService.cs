using IrohLite.Protocols;
using IrohLite.Tickets;

namespace IrohLite.Firmware.Services;

/// <summary>Serves <c>iroh-esp32/sensor/0</c>: the newest record, and the log as a stream that needs no copy of it in memory.</summary>
public sealed class SensorLogService : IIrpcService
{
    private readonly NodeContext _context;

    /// <summary>Serves the node's log.</summary>
    public SensorLogService(NodeContext context)
    {
        _context = context;
    }

    /// <inheritdoc />
    public bool Answer(IrohConnection connection, PostcardReader request, IrpcAnswer answer)
    {
        if (!SensorLogCodec.TryReadRequest(request, out int number)) return false;
        if (number == SensorLogCodec.GetLatest)
        {
            SendLatest(answer);
            return true;
        }

        if (!SensorLogCodec.TryReadGetLog(request, out long startId, out long limit)) return false;
        SendLog(startId, limit, answer);
        return true;
    }

    private void SendLatest(IrpcAnswer answer)
    {
        SampleRecord record = new SampleRecord();
        PostcardWriter payload = new PostcardWriter();
        bool found;
        lock (_context.Sampler.SyncRoot) found = _context.Sampler.Log.TryGet(_context.Sampler.Log.NextId - 1, record);
        SensorLogCodec.WriteLatest(payload, found ? record : null);
        answer.SendLast(payload);
    }

    // The set is fixed when the request is read; a record that is overwritten while a slow client reads is left out.
    private void SendLog(long startId, long limit, IrpcAnswer answer)
    {
        SampleLog log = _context.Sampler.Log;
        SampleRecord record = new SampleRecord();
        long id;
        long end;
        lock (_context.Sampler.SyncRoot)
        {
            end = log.NextId;
            id = startId < 0 || startId > end ? end : startId;
            if (id < log.OldestId) id = log.OldestId;
        }

        if (end - id > limit) end = id + limit;
        for (; id < end; id++)
        {
            bool found;
            lock (_context.Sampler.SyncRoot) found = log.TryGet(id, record);
            if (!found) continue;
            PostcardWriter payload = new PostcardWriter();
            SensorLogCodec.WriteRecord(payload, record);
            answer.Send(payload);
        }
    }
}
