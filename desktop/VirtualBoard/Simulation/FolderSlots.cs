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
        if (folder == null) return;
        if (File.Exists(folder)) throw new IOException("the flash folder " + folder + " is a file: name a folder");
        Directory.CreateDirectory(folder);
    }

    /// <inheritdoc />
    public int Read(string slot, byte[] buffer, int capacity)
    {
        byte[]? content = _folder == null ? _memory.GetValueOrDefault(slot) : Load(PathOf(slot));
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
        try
        {
            using FileStream file = new(PathOf(slot), options);
            file.Write(content);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A flash that fails: the firmware knows what to do.
            return false;
        }
    }

    private static byte[]? Load(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string PathOf(string slot) => Path.Combine(_folder!, slot);
}
