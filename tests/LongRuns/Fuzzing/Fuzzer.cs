using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using IrohLite.Tests;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>Runs all targets from one seed on two threads; every case has a number and can be run alone.</summary>
internal sealed class Fuzzer
{
    private const int Threads = 2;
    private const int Margin = 16;

    private readonly ulong _seed;
    private readonly Action<string> _print;
    private readonly Dictionary<string, long> _executed = new();
    private readonly List<string> _failures = new();

    public Fuzzer(ulong seed, Action<string> print) => (_seed, _print) = (seed, print);

    /// <summary>Executions by target.</summary>
    public IReadOnlyDictionary<string, long> Executed => _executed;

    /// <summary>One text per failed case, with its input.</summary>
    public IReadOnlyList<string> Failures => _failures;

    public static List<FuzzTarget> Targets() => new()
    {
        new PacketTarget(), new FrameTarget(), new ParametersTarget(), new ConnectionTarget(),
        new TlsMessageTarget(), new TlsHandshakeTarget(),
        new RelayFrameTarget(), new WebSocketTarget(false), new WebSocketTarget(true), new UpgradeTarget(), new RelaySessionTarget(),
        new TicketTarget(), new TicketTextTarget(), new PostcardTarget(), new UrlTarget(), new TextTarget(),
        new DnsTarget(), new PkarrTarget(), new IrpcTarget(),
    };

    /// <summary>The inputs kept from earlier findings, run before anything else; returns how many.</summary>
    public static int RunRegressions()
    {
        int ran = 0;
        foreach (FuzzTarget target in Targets())
        {
            string folder = Path.Combine(Vectors.RepositoryRoot, "tests", "vectors", "fuzz", target.Name);
            if (!Directory.Exists(folder)) continue;
            foreach (string file in Directory.GetFiles(folder, "*.hex").Order(StringComparer.Ordinal))
            {
                byte[] input = Convert.FromHexString(File.ReadAllText(file).Trim());
                for (ulong i = 0; i < 20; i++) Execute(target, input, input.Length, i);
                ran++;
            }
        }

        return ran;
    }

    public void Run(long executions)
    {
        _print($"fuzzing with seed {_seed}, {executions} executions");
        List<Thread> threads = new();
        for (int i = 0; i < Threads; i++)
        {
            int share = i;
            threads.Add(new Thread(() => RunShare(share, executions)));
        }

        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        foreach ((string name, long count) in _executed.OrderBy(e => e.Key, StringComparer.Ordinal)) _print($"  {name,-16} {count,12}");
        _print($"{_executed.Values.Sum()} executions, {_failures.Count} failures");
    }

    private void RunShare(int share, long executions)
    {
        List<FuzzTarget> targets = Targets();
        Mutator mutator = new();
        int weights = targets.Sum(t => t.Weight);
        Dictionary<string, long> executed = new();
        foreach (FuzzTarget target in targets)
        {
            long count = executions * target.Weight / weights;
            executed[target.Name] = 0;
            for (long i = share; i <= count; i += Threads)
            {
                RunCase(target, mutator, i);
                executed[target.Name]++;
            }
        }

        lock (_executed)
            foreach ((string name, long count) in executed) _executed[name] = _executed.GetValueOrDefault(name) + count;
    }

    private void RunCase(FuzzTarget target, Mutator mutator, long number)
    {
        SimRandom random = new(_seed * 1_000_003 + (ulong)number * 31 + 7);
        random.Next();
        int count = mutator.Make(target.Seeds, random);
        ulong inner = random.Next();
        try
        {
            Execute(target, mutator.Buffer, count, inner);
        }
        catch (Exception failure)
        {
            lock (_failures)
            {
                if (_failures.Count > 50) return;
                string text = $"{target.Name}, seed {_seed}, case {number}: {failure.GetType().Name}: {failure.Message}\n  {Convert.ToHexString(mutator.Buffer, 0, count).ToLowerInvariant()}\n  {failure.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
                _failures.Add(text);
                _print(text);
            }
        }
    }

    [ThreadStatic]
    private static byte[] s_padded;

    private static void Execute(FuzzTarget target, byte[] input, int count, ulong inner)
    {
        s_padded ??= new byte[Mutator.MaxBytes + 2 * Margin];
        // What lies around the input is poison: whoever reads it gives different answers.
        Array.Fill(s_padded, (byte)0xEE, 0, Margin);
        Array.Copy(input, 0, s_padded, Margin, count);
        Array.Fill(s_padded, (byte)0xEE, Margin + count, Margin);
        long before = GC.GetAllocatedBytesForCurrentThread();
        target.Run(s_padded, Margin, count, new SimRandom(inner));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long allowed = target.AllocationBytes + 10L * count;
        if (allocated > allowed) throw new BrokenRuleException($"allocated {allocated} bytes, allowed {allowed}");
    }
}
