using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using IrohLite.Diagnostics;
using Xunit;

namespace IrohLite.Tests.Diagnostics;

public class DiagnosticsTests
{
    [Fact]
    public void Drop_reasons_are_dense_and_each_has_its_own_words()
    {
        int[] reasons = typeof(DropReason).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(f => f.Name != nameof(DropReason.Count)).Select(f => (int)f.GetRawConstantValue()).OrderBy(n => n).ToArray();
        Assert.Equal(Enumerable.Range(0, DropReason.Count), reasons);
        string[] names = reasons.Select(Names.OfDropReason).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.DoesNotContain(names, n => n.StartsWith('#'));
        Assert.Equal("#-5", Names.OfDropReason(-5));
    }

    [Fact]
    public void Drops_are_counted_by_reason()
    {
        DropCounters drops = new();
        Assert.Equal("none", drops.ToString());
        drops.Count(DropReason.Duplicate);
        drops.Count(DropReason.Duplicate);
        drops.Count(DropReason.NoKeys);
        Assert.Equal((2L, 1L, 0L, 3L), (drops.Get(DropReason.Duplicate), drops.Get(DropReason.NoKeys), drops.Get(DropReason.TooLarge), drops.Total));
        Assert.Equal("no keys 1, duplicate 2", drops.ToString());
    }

    [Fact]
    public void A_log_shows_its_level_and_everything_that_matters_more()
    {
        for (int level = LogLevel.Off; level <= LogLevel.Debug; level++)
        {
            Sink sink = new();
            IrohLog log = new IrohLog(sink, "core", level).ForArea("relay");
            log.Error("e");
            log.Warn("w");
            log.Info("i");
            log.Debug("d");
            string[] all = { "0 relay e", "1 relay w", "2 relay i", "3 relay d" };
            Assert.Equal(all.Take(level + 1), sink.Lines);
            for (int asked = 0; asked <= LogLevel.Debug; asked++) Assert.Equal(asked <= level, log.IsOn(asked));
        }
    }

    [Fact]
    public void A_log_without_a_sink_is_off()
    {
        IrohLog log = new(null, "core", LogLevel.Debug);
        log.Error("lost");
        Assert.False(log.IsOn(LogLevel.Error));
        Assert.Equal("error warn info debug #9", string.Join(' ', new[] { 0, 1, 2, 3, 9 }.Select(Names.OfLogLevel)));
    }

    private sealed class Sink : ILogSink
    {
        public List<string> Lines { get; } = new();

        public void Write(int level, string area, string message) => Lines.Add($"{level} {area} {message}");
    }
}
