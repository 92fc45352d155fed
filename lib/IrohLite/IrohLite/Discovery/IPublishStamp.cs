namespace IrohLite.Discovery;

/// <summary>Keeps the newest timestamp that was published, over restarts: a server refuses an older one.</summary>
public interface IPublishStamp
{
    /// <summary>The newest timestamp used, in microseconds since 1970; 0 when none is known.</summary>
    long LastMicros { get; }

    /// <summary>Stores a timestamp before it is used.</summary>
    void Save(long micros);
}
