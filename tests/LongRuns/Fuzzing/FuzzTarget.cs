using System;
using System.Collections.Generic;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>A rule a parser broke; the fuzzer adds how to repeat it.</summary>
internal sealed class BrokenRuleException(string message) : Exception(message);

/// <summary>One parser with good inputs. Each thread has its own objects.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Short name, also the folder of its regressions.</summary>
    public abstract string Name { get; }

    /// <summary>Good inputs.</summary>
    public List<byte[]> Seeds { get; } = new();

    /// <summary>How many of ten thousand executions it gets, roughly: slow ones get few.</summary>
    public virtual int Weight => 1000;

    /// <summary>Bytes one execution may allocate besides ten times its input.</summary>
    public virtual long AllocationBytes => 16 * 1024;

    /// <summary>
    /// Feeds the region, which does not begin at 0 and is followed by bytes that are not part of it. Throws
    /// <see cref="BrokenRuleException"/> when a rule does not hold; any other exception is a fault of the parser.
    /// </summary>
    public abstract void Run(byte[] buffer, int offset, int count, SimRandom random);

    protected static void Demand(bool condition, string rule)
    {
        if (!condition) throw new BrokenRuleException(rule);
    }
}
