using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Text;

namespace IrohLite.Discovery;

/// <summary>
/// Asks a name server for the TXT records of "_iroh.&lt;z32&gt;.&lt;origin&gt;": over UDP, repeated while no answer comes, and over TCP when the answer is
/// cut off. DNS is not signed here: a forged answer can only lead to a dial that fails the identity check.
/// </summary>
public sealed class DnsTxtLookup : IAddressLookup
{
    /// <summary>n0's origin.</summary>
    public const string DefaultOrigin = "dns.iroh.link";

    private const int MaxAnswerBytes = 4096;
    private const int FirstRetryMs = 300;

    private readonly byte[] _server;
    private readonly int _port;
    private readonly string _origin;
    private readonly IUdpSocketFactory _sockets;
    private readonly IStreamConnector _connector;
    private readonly IRandomSource _random;
    private readonly IClock _clock;

    /// <summary>Asks one name server, an IP address of 4 or 16 bytes and a port. Throws ArgumentException for an origin that is no DNS name.</summary>
    public DnsTxtLookup(byte[] server, int port, string origin, IUdpSocketFactory sockets, IStreamConnector connector, IRandomSource random, IClock clock)
    {
        if (!DnsTxt.IsOrigin(origin)) throw new System.ArgumentException("the origin is no DNS name");
        _server = server;
        _port = port;
        _origin = origin;
        _sockets = sockets;
        _connector = connector;
        _random = random;
        _clock = clock;
    }

    private string Who => "the name server " + IpText.FormatWithPort(_server, _port);

    /// <inheritdoc />
    public LookupAnswer Lookup(EndpointId id, int timeoutMs)
    {
        byte[] number = new byte[2];
        lock (_random) _random.Fill(number, 0, 2);
        int messageId = (number[0] << 8) | number[1];
        string name = DnsTxt.NameOf(id, _origin).ToLower();
        byte[] query = DnsTxt.Query(messageId, name);
        TxtAnswers answers = new TxtAnswers();
        long endMs = _clock.NowMs + timeoutMs;
        string failure = AskByUdp(query, messageId, name, answers, endMs);
        if (failure == null && answers.IsTruncated) failure = AskByTcp(query, messageId, name, answers, endMs);
        return failure == null ? Interpret(id, answers) : LookupAnswer.None(failure);
    }

    private string AskByUdp(byte[] query, int messageId, string name, TxtAnswers answers, long endMs)
    {
        IUdpSocket socket = _sockets.Open(0);
        if (socket == null) return "no UDP socket could be opened";
        try
        {
            byte[] buffer = new byte[MaxAnswerBytes];
            byte[] sender = new byte[16];
            int waitMs = FirstRetryMs;
            while (_clock.NowMs < endMs)
            {
                socket.Send(query, 0, query.Length, _server, _server.Length, _port);
                long retryMs = _clock.NowMs + waitMs;
                waitMs *= 2;
                if (retryMs > endMs) retryMs = endMs;
                while (_clock.NowMs < retryMs)
                {
                    int count = socket.Receive(buffer, 0, buffer.Length, sender, out int length, out int port, (int)(retryMs - _clock.NowMs) + 1);
                    if (count <= 0) continue;
                    bool fromServer = port == _port && length == _server.Length && Bytes.Equal(sender, 0, _server, 0, length);
                    if (fromServer && answers.TryRead(buffer, 0, count, messageId, name)) return null;
                }
            }

            return Who + " did not answer in time";
        }
        finally
        {
            socket.Close();
        }
    }

    // RFC 1035 section 4.2.2: two bytes of length in front of the message.
    private string AskByTcp(byte[] query, int messageId, string name, TxtAnswers answers, long endMs)
    {
        try
        {
            IByteStream stream = _connector.Connect(IpText.Format(_server), _port, false, LeftMs(endMs));
            try
            {
                byte[] framed = new byte[query.Length + 2];
                framed[1] = (byte)query.Length;
                framed[0] = (byte)(query.Length >> 8);
                Bytes.Copy(query, 0, framed, 2, query.Length);
                stream.Write(framed, 0, framed.Length);
                byte[] buffer = new byte[MaxAnswerBytes];
                if (!ReadExactly(stream, buffer, 0, 2, endMs)) return Who + " ended the TCP answer early";
                int count = (buffer[0] << 8) | buffer[1];
                if (count > MaxAnswerBytes) return Who + " sent an answer that is too long";
                if (!ReadExactly(stream, buffer, 0, count, endMs)) return Who + " ended the TCP answer early";
                return answers.TryRead(buffer, 0, count, messageId, name) && !answers.IsTruncated ? null : Who + " sent an unreadable answer";
            }
            finally
            {
                stream.Close();
            }
        }
        catch (StreamFailedException failure)
        {
            return failure.Message;
        }
    }

    private LookupAnswer Interpret(EndpointId id, TxtAnswers answers)
    {
        if (answers.ResponseCode == TxtAnswers.Refused) return LookupAnswer.None(Who + " does not know the id: it does not answer for " + _origin);
        if (answers.ResponseCode != TxtAnswers.NoError && answers.ResponseCode != TxtAnswers.NoSuchName)
            return LookupAnswer.None(Who + " failed with DNS response code " + answers.ResponseCode.ToString());
        if (answers.Count == 0) return LookupAnswer.None(Who + " does not know the id");
        EndpointAddr addr = new EndpointAddr(id);
        return EndpointInfo.TryAddTo(addr, answers.Strings, answers.Count, out string error)
            ? LookupAnswer.Found(addr, answers.TtlSeconds * 1000, Who)
            : LookupAnswer.None(Who + " sent records that cannot be used: " + error);
    }

    private bool ReadExactly(IByteStream stream, byte[] buffer, int offset, int count, long endMs)
    {
        int end = offset + count;
        while (offset < end)
        {
            int read = stream.Read(buffer, offset, end - offset, LeftMs(endMs));
            if (read <= 0) return false;
            offset += read;
        }

        return true;
    }

    private int LeftMs(long endMs)
    {
        long leftMs = endMs - _clock.NowMs;
        return leftMs < 1 ? 1 : (int)leftMs;
    }
}
