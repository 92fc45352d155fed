namespace IrohLite.LongRuns.Degraded;

/// <summary>One link of iroh's ladder of bad links (its patchbay tests): what the last mile of one side does in each direction.</summary>
internal sealed record DegradeLevel(string Name, int RateKbit, int RoundTripMs, int JitterMs, double LossPercent, int BurstDatagrams)
{
    /// <summary>From good WiFi to past what any real link sustains. iroh skips the last two.</summary>
    public static readonly DegradeLevel[] All =
    {
        new("good-wifi", 100_000, 16, 0, 0.1, 4),
        new("congested-wifi", 25_000, 40, 12, 1, 6),
        new("weak-4g", 8_000, 90, 15, 2, 8),
        new("slow-3g", 3_000, 200, 30, 3, 10),
        new("congested-cellular", 1_500, 300, 40, 5, 12),
        new("very-bad-cellular", 800, 450, 60, 8, 20),
        new("satellite", 25_000, 600, 40, 1.5, 6),
        new("barely-usable", 500, 450, 80, 12, 25),
        new("absurd", 256, 800, 150, 25, 40),
    };

    /// <summary>The time a burst lasts when the line is full: what a fade of the radio is.</summary>
    public double FadeMs => BurstDatagrams * 1228 * 8.0 / RateKbit;
}
