namespace IrohLite.Diagnostics;

/// <summary>
/// The log of one area. Cheap when a level is off: ask <see cref="IsOn"/> before building a message on a path that runs often.
/// Secrets, tokens and payloads never go into a message.
/// </summary>
public sealed class IrohLog
{
    private readonly ILogSink _sink;
    private readonly string _area;
    private readonly int _level;

    /// <summary>A log for an area that shows lines up to <paramref name="level"/>; a null sink shows nothing.</summary>
    public IrohLog(ILogSink sink, string area, int level)
    {
        _sink = sink;
        _area = area;
        _level = sink == null ? LogLevel.Off : level;
    }

    /// <summary>The same sink and level for another area.</summary>
    public IrohLog ForArea(string area)
    {
        return new IrohLog(_sink, area, _level);
    }

    /// <summary>True when lines of this level are shown.</summary>
    public bool IsOn(int level)
    {
        return level <= _level;
    }

    /// <summary>Logs at <see cref="LogLevel.Error"/>.</summary>
    public void Error(string message)
    {
        if (_level >= LogLevel.Error) _sink.Write(LogLevel.Error, _area, message);
    }

    /// <summary>Logs at <see cref="LogLevel.Warn"/>.</summary>
    public void Warn(string message)
    {
        if (_level >= LogLevel.Warn) _sink.Write(LogLevel.Warn, _area, message);
    }

    /// <summary>Logs at <see cref="LogLevel.Info"/>.</summary>
    public void Info(string message)
    {
        if (_level >= LogLevel.Info) _sink.Write(LogLevel.Info, _area, message);
    }

    /// <summary>Logs at <see cref="LogLevel.Debug"/>.</summary>
    public void Debug(string message)
    {
        if (_level >= LogLevel.Debug) _sink.Write(LogLevel.Debug, _area, message);
    }
}
