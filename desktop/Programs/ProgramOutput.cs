using System;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IrohLite.Desktop;

/// <summary>
/// A console stream of a program. It may be closed, its disk may be full, its reader may be gone: the first failure is told by a
/// <see cref="UserException"/> where the output is what the program is run for, and passed over where it is not; what follows is dropped.
/// </summary>
public sealed class ProgramOutput : TextWriter
{
    private readonly TextWriter _inner;
    private readonly bool _matters;
    private bool _isBroken;

    /// <summary>Writes to <paramref name="inner"/>; <paramref name="matters"/> = a failure is told.</summary>
    public ProgramOutput(TextWriter inner, bool matters)
    {
        _inner = inner;
        _matters = matters;
    }

    /// <inheritdoc />
    public override Encoding Encoding => _inner.Encoding;

    /// <summary>Puts these writers in the place of the console's; for a service <paramref name="outputMatters"/> is false.</summary>
    public static void Install(bool outputMatters)
    {
        Console.SetOut(new ProgramOutput((outputMatters ? Pipe() : null) ?? Console.Out, outputMatters));
        Console.SetError(new ProgramOutput(Console.Error, false));
    }

    /// <inheritdoc />
    public override void Write(char value) => Attempt(value, static (inner, c) => inner.Write(c));

    /// <inheritdoc />
    public override void Write(string? value) => Attempt(value, static (inner, text) => inner.Write(text));

    /// <inheritdoc />
    public override void WriteLine(string? value) => Attempt(value, static (inner, text) => inner.WriteLine(text));

    /// <inheritdoc />
    public override void Write(char[] buffer, int index, int count) =>
        Attempt(new ArraySegment<char>(buffer, index, count), static (inner, part) => inner.Write((ReadOnlySpan<char>)part));

    /// <inheritdoc />
    public override void Flush() => Attempt(0, static (inner, _) => inner.Flush());

    private void Attempt<T>(T what, Action<TextWriter, T> write)
    {
        if (_isBroken) return;
        try
        {
            write(_inner, what);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            _isBroken = true;
            if (_matters) throw new UserException("output", "the output cannot be written: " + (e.InnerException ?? e).Message);
        }
    }

    // The console says nothing when the reader of a pipe is gone, and a command that never ends would go on for ever.
    private static StreamWriter? Pipe()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected) return null;
        try
        {
            FileStream stream = new(new SafeFileHandle(1, false), FileAccess.Write, 0);
            return stream.CanSeek ? null : new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
