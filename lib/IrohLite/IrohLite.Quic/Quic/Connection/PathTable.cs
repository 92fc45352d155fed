namespace IrohLite.Quic;

/// <summary>
/// Where the peer is. A dialer starts with candidates and locks to the one that answers; a server starts with the address of the
/// first packet, and after the handshake follows a client to a new address, which must prove itself (RFC 9000 sections 8 and 9).
/// </summary>
internal sealed class PathTable
{
    private readonly PathAddress[] _candidates = new PathAddress[Limits.CandidatePaths];
    private int _candidateCount;
    private PathAddress _previous;
    private long _received;
    private long _sent;
    private int _challengesLeft;
    private long _challengeIntervalMs;
    private long _responseBudget;

    /// <summary>The path in use; before the lock, the first candidate.</summary>
    public PathAddress Active { get; private set; }

    /// <summary>The path is chosen; datagrams go there alone.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>The peer has shown that it receives at the address: the amplification limit is off.</summary>
    public bool IsValidated { get; private set; }

    /// <summary>A PATH_CHALLENGE with <see cref="Challenge"/> is to be sent on the active path.</summary>
    public bool ChallengeDue { get; private set; }

    public long Challenge { get; private set; }

    /// <summary>When the challenge is repeated or given up.</summary>
    public long ChallengeDeadlineMs { get; private set; } = Deadline.Never;

    /// <summary>A PATH_RESPONSE with <see cref="Response"/> is to be sent to <see cref="ResponsePath"/>.</summary>
    public bool ResponseDue { get; private set; }

    public long Response { get; private set; }

    public PathAddress ResponsePath { get; private set; }

    /// <summary>A server's first path: the client's address, not yet validated.</summary>
    public void Accept(PathAddress path)
    {
        Active = path;
        IsLocked = true;
        _received = 0;
        _sent = 0;
    }

    /// <summary>One more candidate of a dialer; false when it is known or there are too many.</summary>
    public bool AddCandidate(PathAddress path)
    {
        if (IsLocked || _candidateCount == _candidates.Length || IsCandidate(path)) return false;
        if (_candidateCount == 0) Active = path;
        _candidates[_candidateCount++] = path;
        return true;
    }

    public bool IsCandidate(PathAddress path)
    {
        for (int i = 0; i < _candidateCount; i++)
        {
            if (_candidates[i].SameAs(path)) return true;
        }

        return false;
    }

    /// <summary>The dialer has its answer. A client never limits what it sends, so its path counts as validated.</summary>
    public void Lock(PathAddress path)
    {
        if (IsLocked) return;
        Active = path;
        IsLocked = true;
        IsValidated = true;
        for (int i = 0; i < _candidateCount; i++) _candidates[i] = null;
        _candidateCount = 0;
    }

    public void Validate()
    {
        IsValidated = true;
        ChallengeDue = false;
        ChallengeDeadlineMs = Deadline.Never;
        _previous = null;
    }

    public void OnReceived(PathAddress path, int bytes)
    {
        if (!IsValidated && path.SameAs(Active)) _received += bytes;
    }

    public void OnSent(int bytes)
    {
        if (!IsValidated) _sent += bytes;
    }

    /// <summary>Bytes that may be sent on the active path now, at most <paramref name="wanted"/>; a client always may.</summary>
    public int Allowance(int wanted, bool isClient)
    {
        if (IsValidated || isClient) return wanted;
        long left = _received * Limits.AmplificationFactor - _sent;
        return left < wanted ? (int)left : wanted;
    }

    /// <summary>Follows the client to another address (RFC 9000 section 9.3). False when it only went back to a proven one.</summary>
    public bool MigrateTo(PathAddress path, int datagramBytes, long challenge, long nowMs, long intervalMs)
    {
        bool back = _previous != null && path.SameAs(_previous);
        if (IsValidated) _previous = Active;
        Active = path;
        if (back)
        {
            Validate();
            return false;
        }

        IsValidated = false;
        _received = datagramBytes;
        _sent = 0;
        Challenge = challenge;
        ChallengeDue = true;
        _challengesLeft = Limits.PathChallenges;
        _challengeIntervalMs = intervalMs;
        ChallengeDeadlineMs = nowMs + intervalMs;
        return true;
    }

    public void OnChallengeSent() => ChallengeDue = false;

    /// <summary>No answer came in time: once more, or back to the address before. True when the path has changed.</summary>
    public bool OnChallengeDeadline(long nowMs)
    {
        if (--_challengesLeft > 0)
        {
            ChallengeDue = true;
            ChallengeDeadlineMs = nowMs + _challengeIntervalMs;
            return false;
        }

        ChallengeDue = false;
        ChallengeDeadlineMs = Deadline.Never;
        if (_previous == null) return false;

        Active = _previous;
        Validate();
        return true;
    }

    public void OnChallengeAnswered(long data)
    {
        if (!IsValidated && data == Challenge && _challengesLeft > 0) Validate();
    }

    /// <summary>Notes a PATH_CHALLENGE to answer; a newer one replaces it.</summary>
    public void OnChallenged(long data, PathAddress path, int datagramBytes)
    {
        Response = data;
        ResponsePath = path;
        ResponseDue = true;
        _responseBudget = (long)datagramBytes * Limits.AmplificationFactor;
    }

    /// <summary>Bytes an answer to another address than the active one may have.</summary>
    public int ResponseAllowance(int wanted) => _responseBudget < wanted ? (int)_responseBudget : wanted;

    public void OnResponseSent()
    {
        ResponseDue = false;
        ResponsePath = null;
    }

    /// <summary>The path is chosen, or else every candidate.</summary>
    public void Fill(Transmit transmit)
    {
        if (IsLocked)
        {
            transmit.SetSingle(Active);
            return;
        }

        for (int i = 0; i < _candidateCount; i++) transmit.Paths[i] = _candidates[i];
        transmit.PathCount = _candidateCount;
    }
}
