using IrohLite.Buffers;
using IrohLite.Identity;
using IrohLite.Text;

namespace IrohLite.Discovery;

/// <summary>Writes the DNS messages of address lookup: the question for an endpoint, and the answers a responder or a signed packet holds.</summary>
public static class DnsTxt
{
    /// <summary>Largest DNS message of a signed packet, in bytes.</summary>
    public const int MaxSignedBytes = 1000;

    /// <summary>Seconds iroh lets others keep its records.</summary>
    public const int TtlSeconds = 30;

    private const int PointerToFirstName = 0xc000 + DnsMessage.HeaderBytes;
    private const int MaxQueryBytes = 300;

    /// <summary>The name an endpoint publishes under, without an origin: "_iroh.&lt;z-base-32 id&gt;".</summary>
    public static string NameOf(EndpointId id) => "_iroh." + id.ToZ32();

    /// <summary>The name to ask a name server for.</summary>
    public static string NameOf(EndpointId id, string origin) => NameOf(id) + "." + TrimDot(origin);

    /// <summary>True when "_iroh.&lt;z32&gt;.origin" is a DNS name.</summary>
    public static bool IsOrigin(string origin) => DnsMessage.IsName(TrimDot(origin));

    /// <summary>A query for the TXT records of a name.</summary>
    public static byte[] Query(int id, string name)
    {
        ByteWriter writer = new ByteWriter(new byte[MaxQueryBytes], 0, MaxQueryBytes);
        writer.WriteUInt16(id);
        writer.WriteUInt16(DnsMessage.FlagRecursionDesired);
        writer.WriteUInt16(1);
        writer.WriteUInt16(0);
        writer.WriteUInt16(0);
        writer.WriteUInt16(0);
        DnsMessage.WriteName(writer, name);
        writer.WriteUInt16(DnsMessage.TypeTxt);
        writer.WriteUInt16(DnsMessage.ClassIn);
        return Bytes.Slice(writer.Buffer, 0, writer.Position);
    }

    /// <summary>The message of a signed packet: each string one TXT record, later owner names compressed. Null when over 1,000 bytes.</summary>
    public static byte[] Records(EndpointId id, string[] strings)
    {
        ByteWriter writer = new ByteWriter(new byte[MaxSignedBytes], 0, MaxSignedBytes);
        writer.WriteUInt16(0);
        writer.WriteUInt16(DnsMessage.FlagResponse);
        writer.WriteUInt16(0);
        writer.WriteUInt16(strings.Length);
        writer.WriteUInt16(0);
        writer.WriteUInt16(0);
        for (int i = 0; i < strings.Length; i++)
        {
            byte[] text = Utf8.Encode(strings[i]);
            int nameBytes = i == 0 ? NameOf(id).Length + 2 : 2;
            if (text.Length > EndpointInfo.MaxStringBytes || nameBytes + 11 + text.Length > writer.Remaining) return null;
            if (i == 0) DnsMessage.WriteName(writer, NameOf(id));
            else writer.WriteUInt16(PointerToFirstName);
            writer.WriteUInt16(DnsMessage.TypeTxt);
            writer.WriteUInt16(DnsMessage.ClassIn);
            writer.WriteUInt32(TtlSeconds);
            writer.WriteUInt16(text.Length + 1);
            writer.WriteByte(text.Length);
            writer.WriteBytes(text, 0, text.Length);
        }

        return Bytes.Slice(writer.Buffer, 0, writer.Position);
    }

    private static string TrimDot(string name) => name.Length > 0 && name[name.Length - 1] == '.' ? name.Substring(0, name.Length - 1) : name;
}
