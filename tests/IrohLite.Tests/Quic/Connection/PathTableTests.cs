using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Quic.Connection;

public class PathTableTests
{
    private static readonly SimAddress A = new("a");
    private static readonly SimAddress B = new("b");

    [Fact]
    public void Candidates_are_kept_once_and_up_to_the_limit()
    {
        PathTable paths = new();
        Assert.True(paths.AddCandidate(A));
        Assert.False(paths.AddCandidate(new SimAddress("a")));
        for (int i = 1; i < Limits.CandidatePaths; i++) Assert.True(paths.AddCandidate(new SimAddress("c" + i)));
        Assert.False(paths.AddCandidate(B));
        Transmit transmit = new();
        paths.Fill(transmit);
        Assert.Equal(Limits.CandidatePaths, transmit.PathCount);
        paths.Lock(A);
        paths.Fill(transmit);
        Assert.Equal(1, transmit.PathCount);
        Assert.True(transmit.Paths[0].SameAs(A));
        Assert.False(paths.AddCandidate(B));
    }

    [Fact]
    public void The_allowance_is_three_times_what_came_from_the_address()
    {
        PathTable paths = new();
        paths.Accept(A);
        paths.OnReceived(A, 100);
        paths.OnReceived(B, 1000);
        Assert.Equal(300, paths.Allowance(1200, false));
        paths.OnSent(250);
        Assert.Equal(50, paths.Allowance(1200, false));
        Assert.Equal(1200, paths.Allowance(1200, true));
        paths.Validate();
        Assert.Equal(1200, paths.Allowance(1200, false));
    }

    [Fact]
    public void A_new_address_is_challenged_three_times_and_then_left()
    {
        PathTable paths = new();
        paths.Accept(A);
        paths.Validate();
        Assert.True(paths.MigrateTo(B, 50, 77, 1000, 100));
        Assert.True(paths.ChallengeDue);
        Assert.Equal(150, paths.Allowance(1200, false));
        paths.OnChallengeSent();
        Assert.Equal(1100, paths.ChallengeDeadlineMs);
        Assert.False(paths.OnChallengeDeadline(1100));
        Assert.True(paths.ChallengeDue);
        Assert.False(paths.OnChallengeDeadline(1200));
        Assert.True(paths.OnChallengeDeadline(1300));
        Assert.True(paths.Active.SameAs(A));
        Assert.True(paths.IsValidated);
        Assert.Equal(Deadline.Never, paths.ChallengeDeadlineMs);
        Assert.False(paths.ChallengeDue);
    }

    [Fact]
    public void Only_the_right_answer_validates()
    {
        PathTable paths = new();
        paths.Accept(A);
        paths.Validate();
        paths.MigrateTo(B, 50, 77, 0, 100);
        paths.OnChallengeAnswered(78);
        Assert.False(paths.IsValidated);
        paths.OnChallengeAnswered(77);
        Assert.True(paths.IsValidated);
        Assert.True(paths.Active.SameAs(B));
    }

    [Fact]
    public void Going_back_to_a_proven_address_needs_no_new_proof()
    {
        PathTable paths = new();
        paths.Accept(A);
        paths.Validate();
        paths.MigrateTo(B, 50, 77, 0, 100);
        Assert.False(paths.MigrateTo(A, 50, 78, 10, 100));
        Assert.True(paths.IsValidated);
        Assert.True(paths.Active.SameAs(A));
    }
}
