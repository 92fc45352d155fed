using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>A million damaged inputs through every parser that reads what strangers send; the full number is a command.</summary>
public class FuzzTests
{
    public const ulong Seed = 20261120;

    private const long Executions = 1_000_000;

    [Fact]
    public void A_million_damaged_inputs_break_no_rule()
    {
        List<string> lines = new();
        Fuzzer fuzzer = new(Seed, lines.Add);
        fuzzer.Run(Executions);
        Assert.True(fuzzer.Failures.Count == 0, string.Join("\n", lines));
        Assert.True(fuzzer.Executed.Values.Sum() >= Executions - 100, string.Join("\n", lines));
        Assert.Equal(Fuzzer.Targets().Count, fuzzer.Executed.Count(e => e.Value > 1000));
    }

    [Fact]
    public void What_once_broke_a_rule_does_not_any_more() => Fuzzer.RunRegressions();
}
