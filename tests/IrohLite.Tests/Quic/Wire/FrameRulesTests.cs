using System.Collections.Generic;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

/// <summary>The rules against RFC 9000 table 3, typed in here a second time in the RFC's own notation.</summary>
public class FrameRulesTests
{
    // First type, last type, packets (I = Initial, H = Handshake, 1 = 1-RTT), N = not ack-eliciting, P = probing, S = server only.
    private static readonly (long First, long Last, string Packets, string Spec)[] s_table =
    {
        (0x00, 0x00, "IH1", "NP"), (0x01, 0x01, "IH1", ""), (0x02, 0x03, "IH1", "N"), (0x04, 0x04, "1", ""), (0x05, 0x05, "1", ""),
        (0x06, 0x06, "IH1", ""), (0x07, 0x07, "1", "S"), (0x08, 0x0f, "1", ""), (0x10, 0x10, "1", ""), (0x11, 0x11, "1", ""),
        (0x12, 0x13, "1", ""), (0x14, 0x14, "1", ""), (0x15, 0x15, "1", ""), (0x16, 0x17, "1", ""), (0x18, 0x18, "1", "P"),
        (0x19, 0x19, "1", ""), (0x1a, 0x1a, "1", "P"), (0x1b, 0x1b, "1", "P"), (0x1c, 0x1c, "IH1", "N"), (0x1d, 0x1d, "1", "N"),
        (0x1e, 0x1e, "1", "S"), (0x30, 0x31, "", ""),
    };

    private static bool TryFind(long type, out string packets, out string spec)
    {
        foreach ((long first, long last, string p, string s) in s_table)
        {
            if (type < first || type > last) continue;
            (packets, spec) = (p, s);
            return true;
        }
        (packets, spec) = (null, null);
        return false;
    }

    [Fact]
    public void Every_type_at_every_level_from_both_sides_is_judged_as_the_RFC_says()
    {
        List<long> types = new();
        for (long type = 0; type <= 0x60; type++) types.Add(type);
        types.AddRange(new long[] { 0x4242, 0x3e75, 0x3e78, 0x3d7f90, 0x9f81a6, 0x3fffffffffffffff });
        int allowed = 0, violations = 0, unknown = 0;
        foreach (long type in types)
        {
            for (int level = 0; level < EncryptionLevel.Count; level++)
            {
                foreach (bool byServer in new[] { false, true })
                {
                    if (!TryFind(type, out string packets, out string spec))
                    {
                        Expectations.Closes(0x7, type, () => FrameRules.Check(type, level, byServer));
                        unknown++;
                    }
                    else if (!packets.Contains("IH1"[level]) || (spec.Contains('S') && !byServer))
                    {
                        Expectations.Closes(0xa, type, () => FrameRules.Check(type, level, byServer));
                        violations++;
                    }
                    else
                    {
                        int rules = FrameRules.Check(type, level, byServer);
                        Assert.Equal(!spec.Contains('N'), (rules & FrameRules.AckEliciting) != 0);
                        Assert.Equal(spec.Contains('P'), (rules & FrameRules.Probing) != 0);
                        Assert.Equal(rules, FrameRules.Of(type));
                        allowed++;
                    }
                }
            }
        }
        // 6 types at three levels and 25 at one, two of them from servers only; 33 known types in all.
        Assert.Equal((6 * 6 + 23 * 2 + 2, 33 * 6 - 84, (97 + 6 - 33) * 6), (allowed, violations, unknown));
    }

    [Theory]
    [InlineData("4001")] // PING in two bytes
    [InlineData("80000000")]
    [InlineData("c000000000000006")]
    [InlineData("4030")]
    public void A_known_type_in_more_bytes_than_needed_is_a_protocol_violation(string bytes)
    {
        long type = Expectations.Hex(bytes)[^1];
        Expectations.Closes(TransportErrorCode.ProtocolViolation, type, () => FrameRules.ReadType(Expectations.Reader(Expectations.Hex(bytes))));
    }

    [Fact]
    public void An_unknown_type_is_echoed()
    {
        long type = FrameRules.ReadType(Expectations.Reader(0x80, 0x00, 0x42, 0x42));

        Assert.Equal(0x4242, type);
        Expectations.Closes(TransportErrorCode.FrameEncodingError, 0x4242, () => FrameRules.Check(type, EncryptionLevel.OneRtt, true));
    }

    [Fact]
    public void A_type_cut_short_is_a_frame_encoding_error() =>
        Expectations.Closes(TransportErrorCode.FrameEncodingError, 0, () => FrameRules.ReadType(Expectations.Reader(0x80, 0x00)));
}
