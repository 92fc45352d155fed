using IrohLite.Crypto;
using IrohLite.Native;

namespace IrohLite.Portable;

/// <summary>The provider of the portable tests on the device: the native module.</summary>
internal static class TestCrypto
{
    public static ICryptoProvider New()
    {
        return new NativeCryptoProvider();
    }
}
