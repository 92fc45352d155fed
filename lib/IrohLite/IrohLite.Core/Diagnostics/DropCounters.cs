namespace IrohLite.Diagnostics;

/// <summary>How often each <see cref="DropReason"/> happened.</summary>
public sealed class DropCounters
{
    private readonly long[] _counts = new long[DropReason.Count];

    /// <summary>The sum over all reasons.</summary>
    public long Total { get; private set; }

    /// <summary>Counts one.</summary>
    public void Count(int reason)
    {
        _counts[reason]++;
        Total++;
    }

    /// <summary>The count of one reason.</summary>
    public long Get(int reason)
    {
        return _counts[reason];
    }

    /// <summary>"not authentic 3, duplicate 1": the reasons that happened, for a log or a user; "none" when nothing did.</summary>
    public override string ToString()
    {
        string text = "";
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0) continue;
            if (text.Length > 0) text += ", ";
            text += Names.OfDropReason(i) + " " + _counts[i].ToString();
        }

        return text.Length == 0 ? "none" : text;
    }
}
