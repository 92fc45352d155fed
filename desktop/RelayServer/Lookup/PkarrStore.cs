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
/// read back; the newer timestamp wins, on a tie the larger bytes. What its strings say is the business of who looks it up.
/// </summary>
public sealed class PkarrStore
{
    /// <summary>Packets kept; the one that was refreshed longest ago gives way.</summary>
    public const int MaxPackets = 10_000;

    private const string Suffix = ".pkarr";
    private const string NewSuffix = ".pkarr.new";

    private readonly object _lock = new();
    private readonly Dictionary<string, Entry> _entries = new();
    private readonly LinkedList<string> _order = new();
    private readonly ICryptoProvider _crypto = new DesktopCryptoProvider(1);
    private readonly Action<string>? _trouble;
    private readonly string? _folder;
    private bool _isFailing;

    /// <summary>
    /// Opens a store; with a folder it outlives the process, null keeps it in memory. Throws an I/O exception when the folder cannot be used.
    /// </summary>
    /// <param name="folder">Where the packets are kept.</param>
    /// <param name="trouble">Told when a packet cannot be written, or one in the folder is damaged; the store goes on from memory.</param>
    public PkarrStore(string? folder, Action<string>? trouble = null)
    {
        (_folder, _trouble) = (folder, trouble);
        if (folder == null) return;
        if (File.Exists(folder)) throw new IOException($"the folder for signed packets, {folder}, is a file: name a folder");
        Directory.CreateDirectory(folder);
        foreach (string leftOver in Directory.GetFiles(folder, "*" + NewSuffix)) Try(() => File.Delete(leftOver));
        foreach (FileInfo file in new DirectoryInfo(folder).GetFiles("*" + Suffix).OrderBy(file => file.LastWriteTimeUtc)) Try(() => Load(file));
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
            if (Read(id, body) is not { } entry) return PutResult.Refused;
            string key = id.ToZ32();
            if (_entries.TryGetValue(key, out Entry? present) && !IsNewer(entry, present)) return PutResult.Accepted;
            Keep(key, entry);
            if (_folder != null) Try(() => Write(key, body));
            return PutResult.Accepted;
        }
    }

    /// <summary>The body kept for an id, or null.</summary>
    public byte[]? Get(EndpointId id)
    {
        lock (_lock) return _entries.GetValueOrDefault(id.ToZ32())?.Body;
    }

    /// <summary>The TXT strings kept for an id, and their TTL, or null.</summary>
    public TxtAnswers? Answers(EndpointId id)
    {
        lock (_lock) return _entries.GetValueOrDefault(id.ToZ32())?.Answers;
    }

    private Entry? Read(EndpointId id, byte[] body)
    {
        TxtAnswers answers = new();
        return PkarrPacket.TryVerify(body, 0, body.Length, id, _crypto, out long timestampMicros, out _)
            && answers.TryRead(body, PkarrPacket.HeaderBytes, body.Length - PkarrPacket.HeaderBytes, 0, DnsTxt.NameOf(id))
            ? new Entry(body, (ulong)timestampMicros, answers) : null;
    }

    private static bool IsNewer(Entry offered, Entry kept) => offered.TimestampMicros != kept.TimestampMicros
        ? offered.TimestampMicros > kept.TimestampMicros
        : offered.Body.AsSpan().SequenceCompareTo(kept.Body) > 0;

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
        if (_folder != null) Try(() => File.Delete(PathOf(oldest)));
    }

    // A new file beside it, on the disk before it takes the name: after a crash or a power cut there is the old packet or the new one.
    private void Write(string key, byte[] body)
    {
        string temporary = Path.Combine(_folder!, key + NewSuffix);
        using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(body);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, PathOf(key), true);
    }

    private void Load(FileInfo file)
    {
        EndpointId? id = ParseId(Path.GetFileNameWithoutExtension(file.Name));
        byte[] body = file.Length <= PkarrPacket.MaxBytes ? File.ReadAllBytes(file.FullName) : [];
        if (id != null && Read(id, body) is { } entry) Keep(id.ToZ32(), entry);
        else _trouble?.Invoke($"signed packets in {_folder}: {file.Name} is damaged and passed over");
    }

    // The packets in memory are served whatever the disk does; the operator is told once, until it works again.
    private void Try(Action change)
    {
        try
        {
            change();
            _isFailing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isFailing) _trouble?.Invoke($"signed packets in {_folder}: {e.Message}");
            _isFailing = true;
        }
    }

    private string PathOf(string key) => Path.Combine(_folder!, key + Suffix);

    private sealed class Entry(byte[] body, ulong timestampMicros, TxtAnswers answers)
    {
        public byte[] Body { get; } = body;

        public ulong TimestampMicros { get; } = timestampMicros;

        public TxtAnswers Answers { get; } = answers;

        public LinkedListNode<string>? Place { get; set; }
    }
}
