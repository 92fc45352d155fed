using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Text;
using IrohLite.Tickets;
using nanoFramework.TestFramework;

namespace IrohLite.Portable;

/// <summary>Text forms of ids, addresses and tickets: strings behave in their own ways on the device.</summary>
[TestClass]
public class TextAndTicketTests
{
    // RFC 8032 section 7.1, test 1.
    private const string Seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private const string Id = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    /// <summary>RFC 4648 section 10 and the alphabets.</summary>
    [TestMethod]
    public void Bytes_become_text_and_come_back()
    {
        byte[] foobar = { 0, 0x66, 0x6f, 0x6f, 0x62, 0x61, 0x72 };
        Expect.Equal("mzxw6ytboi", Base32.Encode(foobar, 1, 6), "base32");
        Expect.Equal("c3zs6aubqe", ZBase32.Encode(foobar, 1, 6), "z-base-32");
        Expect.Equal("666f6f626172", Hex.Encode(foobar, 1, 6), "hex");
        byte[] back = new byte[10];
        Expect.True(Base32.TryDecode("MZXW6ytboi", back, 2, 8, out int count), "either case");
        Expect.Equal(6, count, "count");
        Expect.Bytes(new byte[] { 0, 0, 0x66, 0x6f, 0x6f, 0x62, 0x61, 0x72 }, back, 0, "bytes");
        Expect.True(!Base32.TryDecode("mzxw6ytb0i", back, 2, 8, out count), "no zero in the alphabet");
        Expect.True(!Hex.TryDecode("66 f", back, 0, 2), "no blank in hex");
    }

    /// <summary>What is well formed passes, what is not does not.</summary>
    [TestMethod]
    public void Utf8_is_strict()
    {
        byte[] text = { 0x7a, 0xc3, 0xbc, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80 };
        Expect.True(Utf8.TryDecode(text, 0, 10, out string decoded), "four lengths");
        byte[] again = Utf8.Encode(decoded);
        Expect.Equal(10, again.Length, "length of the bytes");
        Expect.Bytes(text, again, 0, "the same bytes");
        Expect.True(!Utf8.IsValid(new byte[] { 0xc0, 0x80 }, 0, 2), "overlong");
        Expect.True(!Utf8.IsValid(new byte[] { 0xed, 0xa0, 0x80 }, 0, 3), "surrogate");
        Expect.True(!Utf8.IsValid(new byte[] { 0x41, 0 }, 0, 2), "NUL");
        Expect.True(!Utf8.IsValid(text, 0, 9), "cut");
    }

    /// <summary>The id of a published seed, in all its forms.</summary>
    [TestMethod]
    public void A_key_has_the_published_id()
    {
        ICryptoProvider crypto = TestCrypto.New();
        Expect.True(SecretKey.TryParse(Seed, crypto, out SecretKey key), "the seed reads");
        Expect.Equal(Id, key.Id.ToString(), "id");
        Expect.Equal("d75a980182", key.Id.ToShortString(), "short id");
        Expect.True(EndpointId.TryParse(Base32.Encode(key.PublicKey, 0, 32), crypto, out EndpointId id), "base32 form");
        Expect.True(id.SameAs(key.Id) && id.Equals(key.Id), "same id");
        Expect.Equal(id.GetHashCode(), key.Id.GetHashCode(), "same hash code");
        Expect.True(!EndpointId.TryParse(Id.Substring(1), crypto, out id), "63 digits");
        Expect.True(!EndpointId.TryParse("0200000000000000000000000000000000000000000000000000000000000000", crypto, out id), "no curve point");
    }

    /// <summary>Relay and both kinds of IP addresses through a ticket, and every cut of it.</summary>
    [TestMethod]
    public void A_ticket_reads_back_and_cut_ones_do_not()
    {
        ICryptoProvider crypto = TestCrypto.New();
        SecretKey.TryParse(Seed, crypto, out SecretKey key);
        EndpointAddr addr = new EndpointAddr(key.Id);
        Expect.True(RelayUrl.TryParse("https://euw1-1.relay.n0.iroh.link./", out RelayUrl relay, out string error), "the URL reads");
        addr.AddIp(new byte[] { 192, 168, 1, 7 }, 4433);
        addr.AddRelay(relay);
        addr.AddIp(new byte[] { 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, 65535);
        string ticket = EndpointTicket.Encode(addr);

        Expect.True(EndpointTicket.TryDecode(ticket, crypto, out EndpointAddr read, out error), "it reads: " + error);
        Expect.Equal(3, read.Count, "addresses");
        for (int i = 0; i < 3; i++) Expect.Equal(addr.Get(i).ToString(), read.Get(i).ToString(), "address");
        Expect.Equal(relay.ToString(), read.Get(0).Relay.ToString(), "the relay comes first");
        Expect.Equal(ticket, EndpointTicket.Encode(read), "the same ticket");
        for (int length = 0; length < ticket.Length; length += 3)
            Expect.True(!EndpointTicket.TryDecode(ticket.Substring(0, length), crypto, out read, out error), "a cut ticket");
    }
}
