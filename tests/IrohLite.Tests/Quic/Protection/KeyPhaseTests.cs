using System.Linq;
using IrohLite.Crypto;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Protection;

/// <summary>Key updates between two endpoints that exchange real packets over a line without losses (RFC 9001 section 6).</summary>
public class KeyPhaseTests
{
    private const long PtoMs = 100;

    private sealed class End
    {
        public End(ReferenceCrypto crypto, bool isClient)
        {
            byte[] secrets = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
            Keys = new LevelKeys(crypto);
            Keys.Install(secrets, 0, secrets, 32, isClient, true);
            Phase = new KeyPhase(crypto, Keys);
        }

        public LevelKeys Keys;
        public KeyPhase Phase;
        public long Next;
        public long Largest = -1;
    }

    private readonly ReferenceCrypto _crypto = new();
    private readonly PacketProtector _protector;
    private readonly PacketHeader _header = new();
    private readonly ConnectionId _id = Expectations.Id("0102030405060708");
    private readonly End _a;
    private readonly End _b;
    private long _nowMs = 1000;

    public KeyPhaseTests()
    {
        _protector = new PacketProtector(_crypto);
        _a = new End(_crypto, true);
        _b = new End(_crypto, false);
    }

    private byte[] Send(End from, int flipPhase = 0)
    {
        byte[] buffer = new byte[60];
        int at = PacketHeaderWriter.WriteShort(buffer, 0, _id, from.Phase.SendBit ^ flipPhase, from.Next, 2);
        buffer[at] = 1;
        int end = _protector.Seal(from.Keys, buffer, 0, at - 2, at, at + 3, from.Next++);
        return buffer.Take(end).ToArray();
    }

    private bool Receive(End to, byte[] packet)
    {
        byte[] copy = packet.ToArray();
        Assert.True(PacketHeaderReader.TryRead(copy, 0, copy.Length, 8, _header, out _));
        if (_protector.Open(to.Keys, _header, to.Largest) < 0) return false;
        to.Phase.OnPacketOpened(_protector.Generation, _protector.PacketNumber, to.Largest, to.Next, PtoMs, _nowMs);
        if (_protector.PacketNumber > to.Largest) to.Largest = _protector.PacketNumber;
        return true;
    }

    // One packet from A to B and one back, the second acknowledging the first.
    private void Exchange(End a, End b)
    {
        Assert.True(Receive(b, Send(a)));
        b.Phase.OnAckSent(b.Largest);
        Assert.True(Receive(a, Send(b)));
        a.Phase.OnAckReceived(b.Largest, _protector.Generation);
    }

    [Fact]
    public void Both_sides_follow_an_update_and_packets_keep_flowing()
    {
        for (int round = 1; round <= 5; round++)
        {
            Exchange(_a, _b);
            Exchange(_b, _a);
            Assert.True(_a.Phase.TryInitiate(true, _a.Next));
            Assert.Equal(round & 1, _a.Phase.SendBit);
            Assert.Equal(round - 1, _a.Phase.ReceiveGeneration);

            Assert.True(Receive(_b, Send(_a)));
            Assert.Equal((round, round), (_b.Phase.SendGeneration, _b.Phase.ReceiveGeneration));
            _b.Phase.OnAckSent(_b.Largest);
            Assert.True(Receive(_a, Send(_b)));
            Assert.Equal((round, round), (_a.Phase.SendGeneration, _a.Phase.ReceiveGeneration));
            _a.Phase.OnAckReceived(_b.Largest, _protector.Generation);
            _a.Phase.OnAckSent(_a.Largest);

            _nowMs += 3 * PtoMs;
            _a.Phase.OnDeadline(_nowMs);
            _b.Phase.OnDeadline(_nowMs);
        }
    }

    [Fact]
    public void Both_sides_may_start_at_once()
    {
        Exchange(_a, _b);
        Exchange(_b, _a);
        Assert.True(_a.Phase.TryInitiate(true, _a.Next));
        Assert.True(_b.Phase.TryInitiate(true, _b.Next));
        byte[] fromA = Send(_a), fromB = Send(_b);

        Assert.True(Receive(_b, fromA));
        Assert.True(Receive(_a, fromB));

        Assert.Equal((1, 1), (_a.Phase.SendGeneration, _b.Phase.SendGeneration));
        Assert.Equal((1, 1), (_a.Phase.ReceiveGeneration, _b.Phase.ReceiveGeneration));
        Exchange(_a, _b);
    }

    [Fact]
    public void Late_packets_of_the_previous_phase_open_for_three_PTO()
    {
        Exchange(_a, _b);
        byte[] late = Send(_a), tooLate = Send(_a);
        Assert.True(_a.Phase.TryInitiate(true, _a.Next));
        Assert.Equal(KeyPhase.Never, _b.Phase.DropPreviousAtMs);
        Assert.True(Receive(_b, Send(_a)));
        Assert.Equal(_nowMs + 3 * PtoMs, _b.Phase.DropPreviousAtMs);

        _b.Phase.OnDeadline(_nowMs + 3 * PtoMs - 1);
        Assert.True(Receive(_b, late));
        Assert.Equal(PacketKeyGeneration.Previous, _protector.Generation);
        Assert.Equal(1, _b.Phase.ReceiveGeneration);

        _b.Phase.OnDeadline(_nowMs + 3 * PtoMs);
        Assert.Equal(KeyPhase.Never, _b.Phase.DropPreviousAtMs);
        Assert.False(Receive(_b, tooLate));
        Assert.Contains(_b.Keys.ReceiveKeys, _crypto.DroppedPrevious);
    }

    [Fact]
    public void Previous_send_keys_are_wiped_at_once()
    {
        Exchange(_a, _b);
        Assert.True(_a.Phase.TryInitiate(true, _a.Next));

        Assert.Equal(new[] { _a.Keys.SendKeys }, _crypto.DroppedPrevious);
    }

    [Fact]
    public void An_update_needs_confirmation_an_acknowledgement_and_the_peers_answer()
    {
        Assert.False(_a.Phase.TryInitiate(true, _a.Next)); // nothing acknowledged yet
        Exchange(_a, _b);
        Assert.False(_a.Phase.TryInitiate(false, _a.Next)); // handshake not confirmed
        Assert.True(_a.Phase.TryInitiate(true, _a.Next));
        Assert.False(_a.Phase.TryInitiate(true, _a.Next)); // not acknowledged in the new phase

        Exchange(_a, _b);
        Assert.False(_a.Phase.TryInitiate(true, _a.Next)); // late packets of the old phase may still come
        _a.Phase.OnDeadline(_nowMs + 3 * PtoMs);
        Assert.True(_a.Phase.TryInitiate(true, _a.Next));
    }

    [Fact]
    public void A_second_update_before_the_first_was_acknowledged_is_a_key_update_error()
    {
        Exchange(_a, _b);
        _a.Phase.TryInitiate(true, _a.Next);
        Assert.True(Receive(_b, Send(_a)));
        _crypto.RotatePacketKeys(_a.Keys.SendKeys, 0); // A breaks the rule

        byte[] second = Send(_a, flipPhase: 1);
        TransportException e = Expectations.Closes(TransportErrorCode.KeyUpdateError, 0, () => Receive(_b, second));
        Assert.Contains("acknowledged", e.Reason);
    }

    [Fact]
    public void An_acknowledgement_of_the_new_phase_allows_the_peers_next_update()
    {
        Exchange(_a, _b);
        _a.Phase.TryInitiate(true, _a.Next);
        Assert.True(Receive(_b, Send(_a)));
        _b.Phase.OnAckSent(_b.Largest - 1); // an older packet does not count
        _crypto.RotatePacketKeys(_a.Keys.SendKeys, 0);
        byte[] second = Send(_a, flipPhase: 1);
        Assert.Throws<TransportException>(() => Receive(_b, second));

        _b.Phase.OnAckSent(_b.Largest);
        Assert.True(Receive(_b, second));
        Assert.Equal(2, _b.Phase.ReceiveGeneration);
    }

    [Fact]
    public void New_keys_for_an_old_packet_number_are_a_key_update_error()
    {
        Exchange(_a, _b);
        long old = _a.Next++;
        Assert.True(Receive(_b, Send(_a)));
        _a.Phase.TryInitiate(true, _a.Next);
        _a.Next = old;

        byte[] packet = Send(_a);
        TransportException e = Expectations.Closes(TransportErrorCode.KeyUpdateError, 0, () => Receive(_b, packet));
        Assert.Contains("old packet number", e.Reason);
    }

    [Fact]
    public void Old_keys_that_acknowledge_new_ones_are_a_key_update_error()
    {
        Exchange(_a, _b);
        _a.Phase.TryInitiate(true, _a.Next);
        byte[] answer = Send(_b); // B has not followed
        long updated = _a.Next++;

        Assert.True(Receive(_a, answer));
        Expectations.Closes(TransportErrorCode.KeyUpdateError, 0, () => _a.Phase.OnAckReceived(updated, _protector.Generation));
    }

    [Fact]
    public void A_forged_phase_bit_changes_nothing()
    {
        Exchange(_a, _b);

        Assert.False(Receive(_b, Send(_a, flipPhase: 1)));
        Assert.Equal(0, _b.Phase.ReceiveGeneration);
        Exchange(_a, _b);
    }

    [Fact]
    public void Many_packets_make_an_update_due_and_too_many_end_the_connection()
    {
        Assert.False(_a.Phase.IsUpdateDue(1000));
        Assert.True(_a.Phase.IsUpdateDue(KeyPhase.ConfidentialityLimit / 2));
        _a.Phase.CheckConfidentialityLimit(KeyPhase.ConfidentialityLimit - 1);
        Expectations.Closes(TransportErrorCode.AeadLimitReached, 0, () => _a.Phase.CheckConfidentialityLimit(KeyPhase.ConfidentialityLimit));

        Exchange(_a, _b);
        Assert.True(_a.Phase.TryInitiate(true, 5_000_000));
        Assert.False(_a.Phase.IsUpdateDue(5_000_001));
        _a.Phase.CheckConfidentialityLimit(5_000_000 + KeyPhase.ConfidentialityLimit - 1);
    }

    [Fact]
    public void The_deadline_is_harmless_after_the_keys_are_gone()
    {
        Exchange(_a, _b);
        _a.Phase.TryInitiate(true, _a.Next);
        Assert.True(Receive(_b, Send(_a)));
        _b.Keys.Release();

        _b.Phase.OnDeadline(_nowMs + 3 * PtoMs);
        Assert.Equal(KeyPhase.Never, _b.Phase.DropPreviousAtMs);
    }
}
