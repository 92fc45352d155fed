using System;
using System.Linq;
using System.Text;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Firmware.Services;
using IrohLite.Identity;
using IrohLite.Tests;
using IrohLite.Tests.Sim;
using IrohLite.Text;
using IrohLite.Tickets;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>The bytes of a ticket, put into good base32.</summary>
internal class TicketTarget : FuzzTarget
{
    private readonly ICryptoProvider _crypto = CryptoProviders.Any();

    public TicketTarget()
    {
        Seeds.AddRange(Golden.Hex("iroh/iroh-wire.json", "tickets", "postcard"));
    }

    public override string Name => "ticket";

    public override int Weight => 400;

    public override long AllocationBytes => 128 * 1024;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random) => Check(EndpointTicket.Prefix + Base32.Encode(buffer, offset, count));

    protected void Check(string text)
    {
        bool good = EndpointTicket.TryDecode(text, _crypto, out EndpointAddr addr, out string error);
        Demand(good == (error == null) && good == (addr != null), "a ticket both good and bad");
        if (!good) return;
        Demand(addr.Count <= EndpointAddr.MaxCount, "more addresses than allowed");
        string again = EndpointTicket.Encode(addr);
        Demand(EndpointTicket.TryDecode(again, _crypto, out EndpointAddr second, out string why), "our own ticket is refused: " + why);
        Demand(second.Count == addr.Count && EndpointTicket.Encode(second) == again, "our own ticket changes");
    }
}

/// <summary>The text of a ticket.</summary>
internal sealed class TicketTextTarget : TicketTarget
{
    public TicketTextTarget()
    {
        Seeds.Clear();
        Seeds.AddRange(Golden.Texts("iroh/iroh-wire.json", "tickets", "ticket").Select(Encoding.Latin1.GetBytes));
    }

    public override string Name => "ticket-text";

    public override void Run(byte[] buffer, int offset, int count, SimRandom random) => Check(Encoding.Latin1.GetString(buffer, offset, count));
}

/// <summary>Any sequence of postcard reads.</summary>
internal sealed class PostcardTarget : FuzzTarget
{
    private readonly byte[] _fixed = new byte[40];

    public PostcardTarget()
    {
        Seeds.AddRange(Golden.Hex("irpc/irpc.json", "varint", "hex"));
        Seeds.AddRange(Golden.Hex("irpc/irpc.json", "varint_reject", "hex"));
        Seeds.AddRange(Golden.Hex("irpc/irpc.json", "smart_fan", "payload_hex"));
        Seeds.AddRange(Golden.Hex("irpc/irpc.json", "iroh_esp32", "payload_hex"));
    }

    public override string Name => "postcard";

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        PostcardReader reader = new(buffer, offset, count);
        for (int i = 0; i < 12; i++)
        {
            switch (random.Below(8))
            {
                case 0: reader.TryReadByte(out int value); Demand(value is >= 0 and <= 255, "a byte out of range"); break;
                case 1: if (reader.TryReadUInt16(out int small)) Demand(small is >= 0 and <= 65535, "16 bits out of range"); break;
                case 2: if (reader.TryReadUInt32(out long middle)) Demand(middle is >= 0 and <= uint.MaxValue, "32 bits out of range"); break;
                case 3: reader.TryReadUInt64(out _); break;
                case 4: if (reader.TryReadLength(100, out int length)) Demand(length is >= 0 and <= 100, "a length above its limit"); break;
                case 5: if (reader.TryReadString(64, out string text)) Demand(text.Length <= 64 && !text.Contains('\0'), "a string above its limit"); break;
                case 6: reader.TryReadFixed(_fixed, 0, 1 + random.Below(40)); break;
                default: reader.TrySkip(random.Below(20)); break;
            }

            Demand(reader.Position - offset + reader.Remaining == count && reader.Remaining >= 0, "parsed and rest are not the input");
        }
    }
}

/// <summary>Relay URLs: what is accepted stays the same when it is read again.</summary>
internal sealed class UrlTarget : FuzzTarget
{
    public UrlTarget()
    {
        foreach (string url in new[]
        {
            "https://euc1-1.relay.n0.iroh.link./", "http://127.0.0.1:3340/", "http://[::1]:8080/a/../b?x=y#z", "https://user:pw@host.example:443/%7Efoo",
            "HTTP://EXAMPLE.com:80", "https://[2001:db8::7]/relay", "http://1.2.3/", "https://xn--bcher-kva.example/",
        }) Seeds.Add(Encoding.UTF8.GetBytes(url));
    }

    public override string Name => "url";

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        if (!Utf8.TryDecode(buffer, offset, count, out string text)) return;
        bool good = RelayUrl.TryParse(text, out RelayUrl url, out string error);
        Demand(good == (error == null) && good == (url != null), "a URL both good and bad");
        if (!good) return;
        string normal = url.ToString();
        Demand(RelayUrl.TryParse(normal, out RelayUrl again, out string why), "its own text is refused: " + why);
        Demand(again.ToString() == normal && again.SameAs(url), "its own text changes: " + normal);
        Demand(url.Port is >= 0 and <= 65535 && url.Host.Length > 0, "no host or port");
        foreach (char c in url.RequestTarget + url.HostHeader) Demand(c is > ' ' and < (char)0x7F, "a character that splits an HTTP request");
    }
}

/// <summary>Hex, base32 in its kinds, UTF-8 against .NET's strict decoder, ids and addresses.</summary>
internal sealed class TextTarget : FuzzTarget
{
    private readonly byte[] _room = new byte[Mutator.MaxBytes];
    private readonly ICryptoProvider _crypto = CryptoProviders.Any();

    public TextTarget()
    {
        foreach (string text in new[] { "00ff17", "df9sse9bp1nuftim3yhxiuk6w6r5hddsskjygpydux7esxjstioo", "127.0.0.1:4433", "[::ffff:1.2.3.4]:1", "[fe80::1]:65535", "grüße €😀",
            "197f6b23e16c8532c6abc838facd5ea789be0c76b2920334039bfa8b3d368d61", "hnvcppgow2sc2yvdvdicu3ynonsteflxdxrehjr2ybekdc2z3iuq" })
            Seeds.Add(Encoding.UTF8.GetBytes(text));
    }

    public override string Name => "text";

    public override int Weight => 500;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        bool valid = Utf8.IsValid(buffer, offset, count);
        Demand(valid == IsStrict(buffer.AsSpan(offset, count)), "UTF-8 judged differently");
        string text = Encoding.Latin1.GetString(buffer, offset, count);
        int size = text.Length / 2;
        if (Hex.TryDecode(text, _room, 0, size)) Demand(Hex.Encode(_room, 0, size) == text.ToLowerInvariant(), "hex changes");
        if (Base32.TryDecode(text, _room, 0, _room.Length, out size)) Demand(Base32.Encode(_room, 0, size) == text.ToLowerInvariant(), "base32 changes");
        if (ZBase32.TryDecode(text, _room, 0, _room.Length, out size)) Demand(ZBase32.Encode(_room, 0, size) == text.ToLowerInvariant(), "z-base-32 changes");
        if (EndpointId.TryParse(text, _crypto, out EndpointId id)) Demand(EndpointId.TryParse(id.ToString(), _crypto, out EndpointId again) && again.SameAs(id), "an id changes");
        if (IpText.TryParseWithPort(text, out byte[] address, out int port))
        {
            string normal = IpText.FormatWithPort(address, port);
            Demand(IpText.TryParseWithPort(normal, out byte[] second, out int samePort) && second.AsSpan().SequenceEqual(address) && port == samePort, "an address changes");
        }
    }

    private static bool IsStrict(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) && !bytes.Contains((byte)0);
}

/// <summary>DNS messages with TXT answers.</summary>
internal sealed class DnsTarget : FuzzTarget
{
    private readonly string _owner;
    private readonly TxtAnswers _answers = new();

    public DnsTarget()
    {
        Seeds.AddRange(Golden.Hex("iroh/iroh-wire.json", "pkarr", "dns_packet"));
        byte[] first = Seeds[0];
        _owner = "_iroh." + Golden.Texts("iroh/iroh-wire.json", "pkarr", "z32")[0];
        // The same answer behind a question, its name a pointer.
        byte[] name = first.AsSpan(12, Array.IndexOf(first, (byte)0, 12) + 1 - 12).ToArray();
        byte[] head = { 0, 0, 0x84, 0, 0, 1, 0, 1, 0, 0, 0, 0 };
        Seeds.Add(head.Concat(name).Concat(new byte[] { 0, 16, 0, 1, 0xC0, 12 }).Concat(first.Skip(12 + name.Length)).ToArray());
    }

    public override string Name => "dns";

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        bool good = _answers.TryRead(buffer, offset, count, 0, _owner);
        Demand(_answers.Count <= _answers.Strings.Length, "more strings than allowed");
        if (!good) return;
        int bytes = 0;
        for (int i = 0; i < _answers.Count; i++) bytes += Encoding.UTF8.GetByteCount(_answers.Strings[i]);
        Demand(bytes <= count, "more text than input");
    }
}

/// <summary>Signed packets: damaged ones, and damaged messages under a good signature.</summary>
internal sealed class PkarrTarget : FuzzTarget
{
    private readonly ICryptoProvider _crypto = CryptoProviders.Any();
    private readonly SecretKey _key;
    private readonly byte[] _body = new byte[Mutator.MaxBytes + 200];

    public PkarrTarget()
    {
        _key = SecretKey.FromSeed(Enumerable.Repeat((byte)0x2a, 32).ToArray(), 0, _crypto);
        Seeds.Add(PkarrPacket.Build(_key, 1_700_000_000_000_000, new[] { "relay=https://euc1-1.relay.n0.iroh.link./", "addr=192.168.1.7:4433" }));
    }

    public override string Name => "pkarr";

    public override int Weight => 30;

    public override long AllocationBytes => 512 * 1024;

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        Array.Copy(buffer, offset, _body, 0, count);
        bool signs = count > PkarrPacket.HeaderBytes && random.Below(2) == 0;
        if (signs)
        {
            byte[] prefix = Encoding.ASCII.GetBytes("3:seqi" + System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(_body.AsSpan(64)) + "e1:v" + (count - PkarrPacket.HeaderBytes) + ":");
            byte[] message = prefix.Concat(_body.Skip(PkarrPacket.HeaderBytes).Take(count - PkarrPacket.HeaderBytes)).ToArray();
            _key.Sign(message, 0, message.Length, _body, 0);
        }

        bool good = PkarrPacket.TryParse(_body, 0, count, _key.Id, _crypto, out PkarrPacket packet, out string error);
        Demand(good == (error == null) && good == (packet != null), "a packet both good and bad");
        if (good) Demand(packet.Addr.Count <= EndpointAddr.MaxCount, "more addresses than allowed");
    }
}

/// <summary>Requests of the board's three protocols.</summary>
internal sealed class IrpcTarget : FuzzTarget
{
    public IrpcTarget()
    {
        Seeds.AddRange(Golden.Hex("irpc/irpc.json", "smart_fan", "payload_hex"));
        Seeds.AddRange(Golden.Hex("irpc/irpc.json", "iroh_esp32", "payload_hex"));
        Seeds.AddRange(Golden.Hex("irpc/irpc.json", "bad_requests", "hex"));
        Seeds.AddRange(Golden.Hex("irpc/irpc.json", "good_but_odd_requests", "hex"));
        Seeds.Add(new byte[] { 2, 1, 0xE0, 0xD4, 3, 4, (byte)'t', (byte)'e', (byte)'s', (byte)'t' });
        Seeds.Add(new byte[] { 4, 3, (byte)'k', (byte)'e', (byte)'y', 2, (byte)'4', (byte)'2' });
    }

    public override string Name => "irpc";

    public override void Run(byte[] buffer, int offset, int count, SimRandom random)
    {
        PostcardReader reader = new(buffer, offset, count);
        switch (random.Below(3))
        {
            case 0:
                if (!NodeCodec.TryReadRequest(reader, out int node)) break;
                Demand(node >= 0 && node <= NodeRequest.Last, "an unknown request");
                if (random.Below(3) == 0) NodeCodec.TryReadId(reader, out _);
                else if (random.Below(2) == 0) NodeCodec.TryReadSetSetting(reader, out _, out _);
                else if (NodeCodec.TryReadSetSwitch(reader, out _, out long seconds, out string reason))
                    Demand(seconds >= 0 && Encoding.UTF8.GetByteCount(reason) <= NodeCodec.MaxReasonBytes, "a field above its limit");
                break;
            case 1:
                if (SmartFanCodec.TryReadRequest(reader, out _) && SmartFanCodec.TryReadSetThreshold(reader, out string secret, out _))
                    Demand(Encoding.UTF8.GetByteCount(secret) <= SmartFanCodec.MaxSecretBytes, "a secret above its limit");
                break;
            default:
                if (SensorLogCodec.TryReadRequest(reader, out _)) SensorLogCodec.TryReadGetLog(reader, out _, out _);
                break;
        }

        Demand(reader.Position - offset + reader.Remaining == count, "parsed and rest are not the input");
    }
}
