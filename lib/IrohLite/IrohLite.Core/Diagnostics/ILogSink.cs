namespace IrohLite.Diagnostics;

/// <summary>Where log lines go. Called from any thread; must not block for long and must not throw.</summary>
public interface ILogSink
{
    /// <summary>Takes one line. <paramref name="level"/> is a <see cref="LogLevel"/> number, the area one word such as "relay".</summary>
    void Write(int level, string area, string message);
}
