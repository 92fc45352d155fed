using System;
using System.IO;
using System.Text;
using IrohLite.Desktop;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>An output that is closed, full, or read by nobody any more: a message where one can be, exit code 1, and no crash.</summary>
public class BrokenOutputTests
{
    [Theory]
    [InlineData(">/dev/full", "id", "No space left on device")]
    [InlineData(">/dev/full", "id --json", "No space left on device")]
    [InlineData(">/dev/full", "--help", "No space left on device")]
    [InlineData(">&-", "id --json", "Bad file descriptor")]
    [InlineData("2>/dev/full", "echo x", "")]
    [InlineData("2>&-", "echo x", "")]
    [InlineData(">/dev/full 2>/dev/full", "echo x --json", "")]
    public void The_command_line_says_so_and_fails(string redirection, string line, string words)
    {
        if (!OperatingSystem.IsLinux()) return;
        using ProgramRun program = ProgramRun.StartWith(redirection, "Cli", line.Split(' '));
        (int code, _, string error) = program.End();
        Assert.Equal(1, code);
        Assert.Contains(words, error);
        Assert.DoesNotContain("   at ", error);
        Assert.DoesNotContain("report", error);
    }

    [Fact]
    public void A_command_that_never_ends_ends_when_its_reader_has_gone()
    {
        if (!OperatingSystem.IsLinux()) return;
        using NodePeer node = new();
        using ProgramRun program = ProgramRun.StartWith("| head -n 1; exit ${PIPESTATUS[0]}", "Cli", "sensors", "watch", node.Ticket, "--interval", "1", "--timeout", "60");
        (int code, string output, string error) = program.End();
        Assert.Equal(1, code);
        Assert.Single(output.TrimEnd().Split('\n'));
        Assert.Contains("the output cannot be written: Broken pipe", error);
    }

    [Fact]
    public void A_board_whose_output_is_full_goes_on()
    {
        if (!OperatingSystem.IsLinux()) return;
        string script = Path.GetTempFileName();
        try
        {
            File.WriteAllText(script, "restart\nwait 500\nnonsense\nquit\n");
            using ProgramRun program = ProgramRun.StartWith(">/dev/full", "VirtualBoard", "--listen", "127.0.0.1:0", "--script", script);
            (int code, _, string error) = program.End();
            Assert.Equal((0, ""), (code, error));
        }
        finally
        {
            File.Delete(script);
        }
    }

    [Fact]
    public void The_first_failure_is_told_where_the_output_matters_and_the_rest_is_dropped()
    {
        using ProgramOutput matters = new(new FullWriter(), true), service = new(new FullWriter(), false);
        UserException e = Assert.Throws<UserException>(() => matters.WriteLine("a"));
        Assert.Equal(("output", "the output cannot be written: full"), (e.Error, e.Message));
        foreach (ProgramOutput output in new[] { matters, service })
        {
            output.Write('a');
            output.Write("a");
            output.WriteLine("a");
            output.Write(['a'], 0, 1);
            output.Flush();
        }
    }

    private sealed class FullWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("full");

        public override void Flush() => throw new IOException("full");
    }
}
