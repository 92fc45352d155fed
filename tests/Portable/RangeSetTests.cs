using IrohLite.Buffers;
using nanoFramework.TestFramework;

namespace IrohLite.Portable;

/// <summary>The range set against a plain table of booleans.</summary>
[TestClass]
public class RangeSetTests
{
    private const int Universe = 60;

    /// <summary>Adding and removing at random, around 2^40 so that 64-bit arithmetic is used.</summary>
    [TestMethod]
    public void Random_changes_leave_the_set_as_the_model_says()
    {
        const long Base = 1099511627776;
        TestRandom random = new TestRandom(7);
        bool[] model = new bool[Universe];
        RangeSet set = new RangeSet(Universe / 2 + 1);
        for (int round = 0; round < 150; round++)
        {
            int from = random.Below(Universe);
            int to = from + random.Below(6);
            if (to >= Universe) to = Universe - 1;
            bool isAdding = random.Below(3) != 0;
            for (int i = from; i <= to; i++) model[i] = isAdding;
            Expect.True(isAdding ? set.Add(Base + from, Base + to) : set.Remove(Base + from, Base + to), "there is room");
            Compare(set, model, Base);
        }

        Expect.True(set.Count > 3, "the last set is not trivial");
    }

    /// <summary>A full set keeps the newest ranges.</summary>
    [TestMethod]
    public void A_full_set_forgets_its_lowest_range()
    {
        RangeSet set = new RangeSet(3);
        for (int i = 0; i < 6; i++) set.AddDroppingOldest(10 * i, 10 * i + 2);
        Expect.Equal(3, set.Count, "ranges");
        Expect.Equal(30, set.Smallest, "smallest");
        Expect.Equal(52, set.Largest, "largest");
        Expect.True(!set.Add(100, 100), "no fourth range");
        set.RemoveBelow(41);
        Expect.Equal(41, set.Start(0), "cut range");
        Expect.True(set.ContainsRange(50, 52) && !set.ContainsRange(42, 50), "membership");
    }

    private static void Compare(RangeSet set, bool[] model, long start)
    {
        int ranges = 0;
        for (int i = 0; i < Universe; i++)
        {
            Expect.True(set.Contains(start + i) == model[i], "membership of " + i.ToString());
            if (model[i] && (i == 0 || !model[i - 1]))
            {
                Expect.Equal(start + i, set.Start(ranges), "start of a range");
                ranges++;
            }

            if (model[i] && (i == Universe - 1 || !model[i + 1])) Expect.Equal(start + i, set.EndInclusive(ranges - 1), "end of a range");
        }

        Expect.Equal(ranges, set.Count, "ranges");
    }
}
