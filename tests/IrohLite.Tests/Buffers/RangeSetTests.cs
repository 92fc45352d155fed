using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using IrohLite.Buffers;
using Xunit;

namespace IrohLite.Tests.Buffers;

public class RangeSetTests
{
    private const int Universe = 48;

    [Fact]
    public void A_random_history_of_calls_agrees_with_a_naive_set()
    {
        Gen<int[]> call = Gen.Choose(0, 999).ArrayOf(3);
        Prop.ForAll(call.ListOf().ToArbitrary(), calls => Replay(calls, capacity: 5))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(20261120UL, 9001UL));
    }

    [Fact]
    public void Ranges_join_when_they_touch()
    {
        RangeSet set = new(4);
        Assert.Equal(RangeSet.None, set.Largest);
        Assert.Equal(RangeSet.None, set.Smallest);
        Assert.True(set.Add(10, 12));
        Assert.True(set.Add(20, 20));
        Assert.True(set.Add(0, 0));
        Assert.Equal("0 10-12 20", Text(set));
        Assert.True(set.Add(13, 19));
        Assert.Equal("0 10-20", Text(set));
        Assert.True(set.Add(1, 9));
        Assert.Equal("0-20", Text(set));
        Assert.True(set.ContainsRange(3, 20));
        Assert.False(set.ContainsRange(3, 21));
        Assert.Equal(20, set.Largest);
        Assert.Equal(0, set.Smallest);
    }

    [Fact]
    public void A_full_set_refuses_what_would_need_another_range_and_stays_as_it_was()
    {
        RangeSet set = new(2);
        Assert.True(set.Add(10, 20));
        Assert.True(set.Add(30, 40));
        Assert.False(set.Add(50, 50));
        Assert.False(set.Add(0, 5));
        Assert.False(set.Remove(12, 13));
        Assert.Equal("10-20 30-40", Text(set));
        Assert.True(set.Add(21, 29));
        Assert.Equal("10-40", Text(set));
    }

    [Fact]
    public void Dropping_the_oldest_forgets_the_lowest_range()
    {
        RangeSet set = new(2);
        set.AddDroppingOldest(10, 20);
        set.AddDroppingOldest(30, 40);
        set.AddDroppingOldest(50, 60);
        Assert.Equal("30-40 50-60", Text(set));
        set.AddDroppingOldest(5, 6);
        Assert.Equal("30-40 50-60", Text(set));
        set.AddDroppingOldest(45, 46);
        Assert.Equal("45-46 50-60", Text(set));
    }

    [Fact]
    public void Numbers_up_to_the_largest_varint_work()
    {
        RangeSet set = new(3);
        Assert.True(set.Add(VarInt.Max, VarInt.Max));
        Assert.True(set.Add(VarInt.Max - 1, VarInt.Max - 1));
        Assert.Equal(1, set.Count);
        Assert.True(set.Contains(VarInt.Max));
        set.RemoveBelow(VarInt.Max);
        Assert.Equal(VarInt.Max, set.Smallest);
    }

    [Fact]
    public void Senseless_arguments_are_refused()
    {
        RangeSet set = new(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RangeSet(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(4, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Add(4, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Start(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => set.EndInclusive(-1));
    }

    private static void Replay(IEnumerable<int[]> calls, int capacity)
    {
        RangeSet set = new(capacity);
        SortedSet<long> model = new();
        foreach (int[] call in calls)
        {
            long from = call[1] % Universe;
            long to = Math.Min(Universe - 1, from + call[2] % 9);
            IEnumerable<long> numbers = Enumerable.Range((int)from, (int)(to - from + 1)).Select(n => (long)n);
            SortedSet<long> changed = new(model);
            switch (call[0] % 8)
            {
                case 0:
                    set.RemoveBelow(from);
                    model.RemoveWhere(n => n < from);
                    break;
                case 1:
                    changed.ExceptWith(numbers);
                    if (set.Remove(from, to)) model = changed;
                    else Assert.True(Runs(changed).Count > capacity);
                    break;
                case 2:
                    changed.UnionWith(numbers);
                    set.AddDroppingOldest(from, to);
                    model = changed;
                    if (Runs(model).Count > capacity)
                    {
                        (long first, long last) = Runs(model)[0];
                        model.RemoveWhere(n => n >= first && n <= last);
                    }

                    break;
                default:
                    changed.UnionWith(numbers);
                    if (set.Add(from, to)) model = changed;
                    else Assert.True(Runs(changed).Count > capacity);
                    break;
            }

            List<(long, long)> runs = Runs(model);
            Assert.Equal(runs, Enumerable.Range(0, set.Count).Select(i => (set.Start(i), set.EndInclusive(i))));
            for (long n = 0; n < Universe; n++) Assert.Equal(model.Contains(n), set.Contains(n));
            Assert.Equal(model.Count == 0 ? -1 : model.Max, set.Largest);
        }

        set.Clear();
        Assert.Equal(0, set.Count);
    }

    private static List<(long, long)> Runs(SortedSet<long> numbers)
    {
        List<(long, long)> runs = new();
        foreach (long n in numbers)
        {
            if (runs.Count > 0 && runs[^1].Item2 == n - 1) runs[^1] = (runs[^1].Item1, n);
            else runs.Add((n, n));
        }

        return runs;
    }

    private static string Text(RangeSet set) => string.Join(" ", Enumerable.Range(0, set.Count)
        .Select(i => set.Start(i) == set.EndInclusive(i) ? $"{set.Start(i)}" : $"{set.Start(i)}-{set.EndInclusive(i)}"));
}
