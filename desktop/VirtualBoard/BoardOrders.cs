using System;
using System.Globalization;
using System.IO;
using System.Threading;
using IrohLite.Firmware.Hardware;

namespace IrohLite.Desktop;

/// <summary>
/// Orders to the virtual board, one a line, from standard input or a script. Unknown ones are answered with the list.
/// </summary>
public sealed class BoardOrders(VirtualBoard board, TextWriter answers)
{
    /// <summary>The orders, for people.</summary>
    public const string Help = """
        wifi drop | wifi restore          the access point vanishes, or returns
        sensor inside|outside fail|ok     a sensor stops answering, or answers again
        clock step SECONDS                the wall clock jumps (negative: back)
        time drop | time restore          the time server goes silent, or answers
        memory fill BYTES | memory free   heap is taken away, or given back
        restart                           the board restarts
        wait MILLISECONDS                 pause (useful in scripts)
        quit                              ends the board
        """;

    /// <summary>Carries out lines until "quit" or the end; returns true when "quit" was ordered.</summary>
    public bool Run(TextReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            if (line.Trim() == "quit") return true;
            if (!Carry(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))) answers.WriteLine($"'{line.Trim()}' is no order; orders are:\n{Help}");
        }

        return false;
    }

    private bool Carry(string[] words)
    {
        switch (words)
        {
            case []: return true;
            case [['#', ..], ..]: return true;
            case ["wifi", "drop" or "restore"]: return Do(b => b.World.Wifi.InRange = words[1] == "restore");
            case ["sensor", "inside", "fail" or "ok"]: return Do(b => b.World.Inside.IsDead = words[2] == "fail");
            case ["sensor", "outside", "fail" or "ok"]: return Do(b => b.World.Outside.IsDead = words[2] == "fail");
            case ["time", "drop" or "restore"]: return Do(b => b.World.WallClock.ServerAnswers = words[1] == "restore");
            case ["clock", "step", _] when Number(words[2], out long seconds): return Do(b => b.World.WallClock.Step(seconds));
            case ["memory", "fill", _] when Number(words[2], out long bytes): return Do(b => b.World.Board.Fill(bytes, false));
            case ["memory", "free"]: return Do(b => b.World.Board.FreeAll());
            case ["restart"]: return Do(b => b.Restart(ResetReason.External, "restart ordered"));
            case ["wait", _] when Number(words[1], out long ms) && ms is >= 0 and <= 3_600_000:
                Thread.Sleep((int)ms);
                return true;
            default: return false;
        }
    }

    private bool Do(Action<VirtualBoard> order)
    {
        board.Order(order);
        return true;
    }

    private static bool Number(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
