using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Platform;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Endpoint;

public class TurnGateTests
{
    [Fact]
    public void Work_brought_to_an_idle_core_is_done_in_the_thread_that_brought_it()
    {
        RecordingTurn turn = new();
        TurnGate gate = new(turn, new DesktopClock());
        gate.Start();
        gate.Kick();
        Assert.Equal([Environment.CurrentManagedThreadId], turn.Threads);
        gate.Stop();
    }

    [Fact]
    public void A_kick_inside_a_turn_makes_the_same_thread_go_round_again()
    {
        RecordingTurn turn = new();
        TurnGate gate = new(turn, new DesktopClock());
        turn.Work = number => { if (number == 1) gate.Kick(); return Deadline.Never; };
        gate.Start();
        gate.Kick();
        Assert.Equal(2, turn.Threads.Count);
        Assert.Single(new HashSet<int>(turn.Threads));
        gate.Stop();
    }

    [Fact]
    public async Task No_two_threads_are_inside_and_no_kick_is_lost()
    {
        int posted = 0, seen = 0, inside = 0, most = 0;
        RecordingTurn turn = new()
        {
            Work = _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Interlocked.Exchange(ref seen, Volatile.Read(ref posted));
                Interlocked.Decrement(ref inside);
                return Deadline.Never;
            },
        };
        TurnGate gate = new(turn, new DesktopClock());
        gate.Start();
        Task[] kickers = new Task[4];
        for (int i = 0; i < kickers.Length; i++)
            kickers[i] = Task.Run(() =>
            {
                for (int n = 0; n < 20000; n++)
                {
                    Interlocked.Increment(ref posted);
                    gate.Kick();
                }
            });
        await Task.WhenAll(kickers);
        TestEndpoints.Eventually(() => Volatile.Read(ref seen) == 80000, "a turn after the last kick");
        gate.Stop();
        Assert.Equal(1, most);
    }

    [Fact]
    public void A_guest_with_work_without_end_hands_the_core_to_the_loop_thread()
    {
        RecordingTurn turn = new() { Work = number => number < 50 ? TurnGate.Again : Deadline.Never };
        TurnGate gate = new(turn, new DesktopClock());
        gate.Start();
        gate.Kick();
        TestEndpoints.Eventually(() => turn.Count == 50, "the loop thread finishes the work");
        gate.Stop();
        Assert.Equal(EndpointLimits.GuestTurns, turn.Threads.FindAll(t => t == Environment.CurrentManagedThreadId).Count);
        Assert.Equal(2, new HashSet<int>(turn.Threads).Count);
    }

    [Fact]
    public void The_loop_thread_runs_what_time_asks_for_also_when_the_deadline_moves_nearer()
    {
        DesktopClock clock = new();
        RecordingTurn turn = new();
        TurnGate gate = new(turn, clock);
        long dueMs = clock.NowMs + 3600000;
        turn.Work = number => number == 1 ? dueMs : number == 2 ? clock.NowMs + 20 : Deadline.Never;
        gate.Start();
        gate.Kick();
        gate.Kick();
        TestEndpoints.Eventually(() => turn.Count == 3, "a turn at the nearer deadline");
        gate.Stop();
        Assert.NotEqual(Environment.CurrentManagedThreadId, turn.Threads[2]);
    }

    [Fact]
    public void After_the_end_of_the_loop_thread_a_kick_still_does_all_its_work()
    {
        RecordingTurn turn = new() { Work = number => number < 50 ? TurnGate.Again : Deadline.Never };
        TurnGate gate = new(turn, new DesktopClock());
        gate.Start();
        gate.Stop();
        gate.Kick();
        TestEndpoints.Eventually(() => turn.Count == 50, "all the work is done");
    }

    private sealed class RecordingTurn : ITurn
    {
        private readonly List<int> _threads = new();

        public Func<int, long> Work { get; set; } = _ => Deadline.Never;

        public List<int> Threads
        {
            get { lock (_threads) return new List<int>(_threads); }
        }

        public int Count
        {
            get { lock (_threads) return _threads.Count; }
        }

        public long RunTurn()
        {
            int number;
            lock (_threads)
            {
                _threads.Add(Environment.CurrentManagedThreadId);
                number = _threads.Count;
            }

            return Work(number);
        }
    }
}
