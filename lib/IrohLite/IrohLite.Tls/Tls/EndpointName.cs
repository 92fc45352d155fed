using System.Text;
using IrohLite.Identity;
using IrohLite.Text;

namespace IrohLite.Tls;

/// <summary>The server name an iroh client sends: the id in base32hex under a domain that cannot exist.</summary>
internal static class EndpointName
{
    private const string Suffix = ".iroh.invalid";

    /// <summary>"&lt;52 characters&gt;.iroh.invalid" as ASCII bytes.</summary>
    public static byte[] Encode(EndpointId id) =>
        Encoding.UTF8.GetBytes(Base32Hex.Encode(id.RawBytes, 0, EndpointId.SizeBytes) + Suffix);
}
