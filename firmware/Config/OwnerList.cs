using IrohLite.Buffers;
using IrohLite.Identity;

namespace IrohLite.Firmware.Config;

/// <summary>
/// The endpoint ids that may control the board: those of wifi.secrets, which nobody can remove over the wire, and those an owner
/// added, which are kept in flash. Guarded by its own lock.
/// </summary>
public sealed class OwnerList
{
    /// <summary>Most owners, configured and added together.</summary>
    public const int MaxOwners = 8;

    private readonly SlotRecord _record;
    private readonly EndpointId[] _owners = new EndpointId[MaxOwners];
    private readonly int _configured;
    private int _count;

    /// <summary>Starts with the configured owners and loads the added ones.</summary>
    public OwnerList(EndpointId[] configured, ISlotStorage storage)
    {
        _record = new SlotRecord(storage, "owners");
        for (int i = 0; i < configured.Length && _count < MaxOwners; i++) _owners[_count++] = configured[i];
        _configured = _count;
        Load();
    }

    /// <summary>Number of owners.</summary>
    public int Count
    {
        get
        {
            lock (_owners) return _count;
        }
    }

    /// <summary>True when the id may control the board.</summary>
    public bool Contains(EndpointId id)
    {
        lock (_owners) return IndexOf(id) >= 0;
    }

    /// <summary>Adds an owner and stores the list; returns null, or what went wrong.</summary>
    public string Add(EndpointId id)
    {
        lock (_owners)
        {
            if (IndexOf(id) >= 0) return null;
            if (_count == MaxOwners) return "the owner list is full (" + MaxOwners.ToString() + ")";
            _owners[_count++] = id;
            if (Save()) return null;
            _count--;
            return "flash refused the owner list";
        }
    }

    /// <summary>Removes an added owner and stores the list; returns null, or what went wrong.</summary>
    public string Remove(EndpointId id)
    {
        lock (_owners)
        {
            int index = IndexOf(id);
            if (index < 0) return "not an owner";
            if (index < _configured) return "this owner stands in wifi.secrets";
            EndpointId removed = _owners[index];
            _owners[index] = _owners[--_count];
            if (Save()) return null;
            _owners[_count++] = removed;
            return "flash refused the owner list";
        }
    }

    private int IndexOf(EndpointId id)
    {
        for (int i = 0; i < _count; i++)
            if (_owners[i].SameAs(id)) return i;
        return -1;
    }

    private bool Save()
    {
        byte[] payload = new byte[(_count - _configured) * EndpointId.SizeBytes];
        for (int i = _configured; i < _count; i++)
            Bytes.Copy(_owners[i].RawBytes, 0, payload, (i - _configured) * EndpointId.SizeBytes, EndpointId.SizeBytes);
        return _record.Write(payload, payload.Length);
    }

    private void Load()
    {
        byte[] payload = new byte[MaxOwners * EndpointId.SizeBytes];
        int length = _record.Read(payload, payload.Length);
        for (int at = 0; at + EndpointId.SizeBytes <= length && _count < MaxOwners; at += EndpointId.SizeBytes)
        {
            EndpointId id = EndpointId.FromBytes(payload, at);
            if (IndexOf(id) < 0) _owners[_count++] = id;
        }
    }
}
