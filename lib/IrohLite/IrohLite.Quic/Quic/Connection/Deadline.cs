namespace IrohLite.Quic;

/// <summary>Points in time on the caller's millisecond clock.</summary>
public static class Deadline
{
    /// <summary>No deadline.</summary>
    public const long Never = long.MaxValue;
}
