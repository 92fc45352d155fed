using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;

namespace IrohLite.RelayServer.Lookup;

/// <summary>
/// The newest signed packet of each endpoint, in memory and in a folder. A packet is verified before it is kept, also when it is
/// read back; the newer timestamp wins, on a tie the larger bytes.
/// </summary>
public sealed class PkarrStore
{
    /// <summary>Packets kept; the one that was refreshed longest ago gives way.</summary>
    public const int MaxPackets = 10_000;

    private readonly object _lock = new();
    private readonly Dictionary<string, Entry> _entries = new();
    private readonly LinkedList<string> _order = new();
    private readonly ICryptoProvider _crypto = new DesktopCryptoProvider(1);
    private readonly string? _folder;

    /// <summary>Opens a store; with a folder it outlives the process, null keeps it in memory.</summary>
    public PkarrStore(string? folder)
    {
        _folder = folder;
        if (folder == null) return;
        Directory.CreateDirectory(folder);
        foreach (string path in Directory.GetFiles(folder, "*.pkarr").Take(MaxPackets)) Load(path);
    }

    /// <summary>Packets kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>Reads an id in z-base-32; null when it is none.</summary>
    public EndpointId? ParseId(string z32)
    {
        byte[] raw = new byte[EndpointId.SizeBytes];
        bool decoded = Text.ZBase32.TryDecode(z32, raw, 0, raw.Length, out int count) && count == raw.Length;
        lock (_lock) return decoded && EndpointId.TryFromBytes(raw, 0, _crypto, out EndpointId id) ? id : null;
    }

    /// <summary>Offers a body (signature, timestamp, DNS message).</summary>
    public PutResult Put(EndpointId id, byte[] body)
    {
        lock (_lock)
        {
            if (!PkarrPacket.TryParse(body, 0, body.Length, id, _crypto, out PkarrPacket packet, out _)) return PutResult.Refused;
            string key = id.ToZ32();
            if (_entries.TryGetValue(key, out Entry? present) && !IsNewer(packet.TimestampMicros, body, present)) return PutResult.Accepted;
            Keep(key, new Entry(body, packet.TimestampMicros));
            if (_folder != null) Write(key, body);
            return PutResult.Accepted;
        }
    }

    /// <summary>The body kept for an id, or null.</summary>
    public byte[]? Get(EndpointId id)
    {
        lock (_lock) return _entries.GetValueOrDefault(id.ToZ32())?.Body;
    }

    /// <summary>The TXT strings kept for an id, or null.</summary>
    public string[]? Strings(EndpointId id)
    {
        byte[]? body = Get(id);
        TxtAnswers answers = new();
        if (body == null || !answers.TryRead(body, PkarrPacket.HeaderBytes, body.Length - PkarrPacket.HeaderBytes, 0, DnsTxt.NameOf(id))) return null;
        return answers.Strings[..answers.Count];
    }

    private static bool IsNewer(long timestampMicros, byte[] body, Entry present)
    {
        ulong offered = (ulong)timestampMicros, kept = (ulong)present.TimestampMicros;
        return offered != kept ? offered > kept : body.AsSpan().SequenceCompareTo(present.Body) > 0;
    }

    private void Keep(string key, Entry entry)
    {
        if (_entries.TryGetValue(key, out Entry? old)) _order.Remove(old.Place!);
        else if (_entries.Count == MaxPackets) Evict();
        entry.Place = _order.AddLast(key);
        _entries[key] = entry;
    }

    private void Evict()
    {
        string oldest = _order.First!.Value;
        _order.RemoveFirst();
        _entries.Remove(oldest);
        if (_folder != null) File.Delete(PathOf(oldest));
    }

    // A new file beside it, then a rename: a reader after a crash sees the old packet or the new one.
    private void Write(string key, byte[] body)
    {
        string temporary = PathOf(key) + ".new";
        File.WriteAllBytes(temporary, body);
        File.Move(temporary, PathOf(key), true);
    }

    private void Load(string path)
    {
        EndpointId? id = ParseId(Path.GetFileNameWithoutExtension(path));
        byte[] body = new FileInfo(path).Length <= PkarrPacket.MaxBytes ? File.ReadAllBytes(path) : [];
        if (id != null && PkarrPacket.TryParse(body, 0, body.Length, id, _crypto, out PkarrPacket packet, out _))
            Keep(id.ToZ32(), new Entry(body, packet.TimestampMicros));
    }

    private string PathOf(string key) => Path.Combine(_folder!, key + ".pkarr");

    private sealed class Entry(byte[] body, long timestampMicros)
    {
        public byte[] Body { get; } = body;

        public long TimestampMicros { get; } = timestampMicros;

        public LinkedListNode<string>? Place { get; set; }
    }
}
