using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace IrohLite.LongRuns.Memory;

/// <summary>Live bytes over the number of things done, and the straight line through them.</summary>
internal sealed class LiveBytes
{
    // Made at its full size: the list must not be what grows.
    private readonly List<(double Done, double Bytes)> _points = new(64);

    public int Points => _points.Count;

    /// <summary>Bytes for each thing done.</summary>
    public double Slope { get; private set; }

    /// <summary>One standard error of <see cref="Slope"/>.</summary>
    public double Error { get; private set; }

    /// <summary>Measures after a full collection.</summary>
    public void Sample(long done) => _points.Add((done, Measure()));

    public static long Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(true);
    }

    /// <summary>Least squares over all points.</summary>
    public void Fit()
    {
        double meanX = _points.Average(p => p.Done);
        double meanY = _points.Average(p => p.Bytes);
        double xx = _points.Sum(p => (p.Done - meanX) * (p.Done - meanX));
        Slope = _points.Sum(p => (p.Done - meanX) * (p.Bytes - meanY)) / xx;
        double rest = _points.Sum(p => Math.Pow(p.Bytes - meanY - Slope * (p.Done - meanX), 2));
        Error = Math.Sqrt(rest / (_points.Count - 2) / xx);
    }

    /// <summary>No growth: the line is flat within three standard errors, or the whole rise is below a kilobyte, where single objects of the runtime decide.</summary>
    public bool IsFlat => IsFlatBut(1024);

    /// <summary>The same beside other tests in one process, whose late objects come and go: a rise of so much is theirs.</summary>
    public bool IsFlatBut(long bytes) => Slope <= 3 * Error || Slope * (_points[^1].Done - _points[0].Done) < bytes;

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} points, {1:0} to {2:0} live bytes, slope {3:0.0000} +- {4:0.0000} bytes each",
        _points.Count, _points[0].Bytes, _points[^1].Bytes, Slope, Error);
}
