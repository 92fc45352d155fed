using System;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;
using Xunit;

namespace IrohLite.Tests.Discovery;

/// <summary>Which DNS messages are an answer to our question.</summary>
public class TxtAnswersTests
{
    private const string Owner = "_iroh.x.test.example";
    private static readonly byte[] Query = DnsTxt.Query(0x1234, Owner);

    [Fact]
    public void The_answer_to_our_question_is_read_whatever_the_case_of_its_names()
    {
        byte[] answer = Answer(Query, Record(30, "relay=http://127.0.0.1:1/"));
        for (int i = 12; i < Query.Length - 4; i++)
            if (answer[i] is >= (byte)'a' and <= (byte)'z') answer[i] -= 32;
        TxtAnswers answers = Read(answer);
        Assert.Equal(["relay=http://127.0.0.1:1/"], answers.Strings[..answers.Count]);
        Assert.Equal(30, answers.TtlSeconds);
    }

    [Theory]
    [InlineData("_iroh.y.test.example", 16, 1)]
    [InlineData(Owner, 1, 1)]
    [InlineData(Owner, 16, 3)]
    public void The_answer_to_another_question_is_none(string name, int type, int questionClass)
    {
        byte[] query = DnsTxt.Query(0x1234, name);
        query[^3] = (byte)type;
        query[^1] = (byte)questionClass;
        Assert.False(new TxtAnswers().TryRead(Answer(query), 0, query.Length, 0x1234, Owner));
    }

    [Fact]
    public void A_query_and_an_answer_with_another_number_are_none()
    {
        byte[] answer = Answer(Query);
        Assert.False(new TxtAnswers().TryRead(answer, 0, answer.Length, 0x1235, Owner));
        Assert.False(new TxtAnswers().TryRead(Query, 0, Query.Length, 0x1234, Owner));
    }

    [Fact]
    public void A_dot_inside_a_label_is_none_between_two()
    {
        // "_iroh" and "x" as one label of seven bytes, which reads the same when it is written with dots.
        byte[] query = DnsTxt.Query(0x1234, Owner);
        query[12] = 7;
        query[18] = (byte)'.';
        Assert.False(new TxtAnswers().TryRead(Answer(query), 0, query.Length, 0x1234, Owner));
    }

    [Theory]
    [InlineData(0L, 0)]
    [InlineData(0x7fffffffL, 0x7fffffff)]
    [InlineData(0x80000000L, 0)]
    [InlineData(0xffffffffL, 0)]
    public void A_ttl_with_its_top_bit_set_counts_as_zero(long sent, long read) =>
        Assert.Equal(read, Read(Answer(Query, Record(sent, "relay=http://127.0.0.1:1/"))).TtlSeconds);

    [Fact]
    public void The_strings_of_one_record_are_one_text_and_as_many_records_are_taken_as_an_endpoint_has_addresses()
    {
        byte[] two = [0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 30, 0, 6, 2, (byte)'a', (byte)'=', 2, (byte)'b', (byte)'c'];
        Assert.Equal("a=bc", Read(Answer(Query, two)).Strings[0]);
        byte[][] most = [.. Enumerable.Repeat(Record(30, "addr=127.0.0.1:1"), EndpointInfo.MaxStrings)];
        Assert.Equal(EndpointAddr.MaxCount, Read(Answer(Query, most)).Count);
        byte[] tooMany = Answer(Query, [.. most, most[0]]);
        Assert.False(new TxtAnswers().TryRead(tooMany, 0, tooMany.Length, 0x1234, Owner));
    }

    private static TxtAnswers Read(byte[] message)
    {
        TxtAnswers answers = new();
        Assert.True(answers.TryRead(message, 0, message.Length, 0x1234, Owner));
        return answers;
    }

    private static byte[] Answer(byte[] query, params byte[][] records)
    {
        byte[] message = [.. query, .. records.SelectMany(r => r)];
        message[2] |= 0x80;
        message[7] = (byte)records.Length;
        return message;
    }

    private static byte[] Record(long ttl, string text) =>
        [0xc0, 12, 0, 16, 0, 1, (byte)(ttl >> 24), (byte)(ttl >> 16), (byte)(ttl >> 8), (byte)ttl, 0, (byte)(text.Length + 1), (byte)text.Length, .. text.Select(c => (byte)c)];
}
