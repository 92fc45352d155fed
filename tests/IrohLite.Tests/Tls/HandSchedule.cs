using System.Security.Cryptography;
using System.Text;

namespace IrohLite.Tests.Tls;

/// <summary>The key schedule once more, from RFC 8446 section 7.1 with the runtime's HKDF: the second opinion of the tests.</summary>
internal sealed class HandSchedule
{
    private readonly byte[] _master;

    public HandSchedule(byte[] shared, byte[] helloToHello)
    {
        byte[] early = HKDF.Extract(HashAlgorithmName.SHA256, new byte[32], new byte[32]);
        byte[] handshake = HKDF.Extract(HashAlgorithmName.SHA256, shared, Label(early, "derived", SHA256.HashData([]), 32));
        ClientHandshake = Label(handshake, "c hs traffic", SHA256.HashData(helloToHello), 32);
        ServerHandshake = Label(handshake, "s hs traffic", SHA256.HashData(helloToHello), 32);
        _master = HKDF.Extract(HashAlgorithmName.SHA256, new byte[32], Label(handshake, "derived", SHA256.HashData([]), 32));
    }

    public byte[] ClientHandshake { get; }

    public byte[] ServerHandshake { get; }

    public byte[] ClientApplication(byte[] helloToFinished) => Label(_master, "c ap traffic", SHA256.HashData(helloToFinished), 32);

    public byte[] ServerApplication(byte[] helloToFinished) => Label(_master, "s ap traffic", SHA256.HashData(helloToFinished), 32);

    public static byte[] Finished(byte[] trafficSecret, byte[] transcript) =>
        HMACSHA256.HashData(Label(trafficSecret, "finished", [], 32), SHA256.HashData(transcript));

    public static byte[] Label(byte[] secret, string label, byte[] context, int size) => HKDF.Expand(HashAlgorithmName.SHA256, secret, size,
        Wire.Cat(Wire.U16(size), Wire.V8(Encoding.ASCII.GetBytes("tls13 " + label)), Wire.V8(context)));
}
