using System;
using System.Collections.Generic;
using System.IO;
using IrohLite.Firmware.Config;

namespace IrohLite.Desktop.Simulation;

/// <summary>The virtual board's flash: one file a slot in a folder, for its owner only, or memory when no folder is given.</summary>
public sealed class FolderSlots : ISlotStorage
{
    private readonly string? _folder;
    private readonly Dictionary<string, byte[]> _memory = new();

    /// <summary>Keeps the slots in a folder, which is created; null keeps them in memory.</summary>
    public FolderSlots(string? folder)
    {
        _folder = folder;
        if (folder != null) Directory.CreateDirectory(folder);
    }

    /// <inheritdoc />
    public int Read(string slot, byte[] buffer, int capacity)
    {
        byte[]? content = _folder == null
            ? _memory.GetValueOrDefault(slot)
            : File.Exists(PathOf(slot)) ? File.ReadAllBytes(PathOf(slot)) : null;
        if (content == null) return 0;
        int count = Math.Min(content.Length, capacity);
        Array.Copy(content, buffer, count);
        return count;
    }

    /// <inheritdoc />
    public bool Write(string slot, byte[] buffer, int count)
    {
        byte[] content = buffer.AsSpan(0, count).ToArray();
        if (_folder == null)
        {
            _memory[slot] = content;
            return true;
        }

        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(PathOf(slot), options);
        file.Write(content);
        return true;
    }

    private string PathOf(string slot) => Path.Combine(_folder!, slot);
}
