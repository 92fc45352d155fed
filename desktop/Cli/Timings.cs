using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;

namespace IrohLite.Cli;

/// <summary>Times in ms, summed up.</summary>
internal sealed class Timings
{
    private readonly List<double> _ms = [];

    internal int Count => _ms.Count;

    internal double Total { get; private set; }

    internal void Add(double ms)
    {
        _ms.Add(ms);
        Total += ms;
    }

    internal double Min => At(0);

    internal double Median => At(0.5);

    internal double Max => At(1);

    internal JsonObject ToJson() => new() { ["min"] = Rounded(Min), ["median"] = Rounded(Median), ["max"] = Rounded(Max) };

    internal string ToText() => "min " + Text(Min) + ", median " + Text(Median) + ", max " + Text(Max);

    internal static double Rounded(double ms) => Math.Round(ms, 3);

    internal static string Text(double ms) => ms.ToString("0.00", CultureInfo.InvariantCulture) + " ms";

    private double At(double share)
    {
        List<double> sorted = [.. _ms];
        sorted.Sort();
        return sorted[(int)Math.Round(share * (sorted.Count - 1))];
    }
}
