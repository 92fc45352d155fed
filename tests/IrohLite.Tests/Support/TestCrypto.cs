using IrohLite.Crypto;
using IrohLite.Tests;

namespace IrohLite.Portable;

/// <summary>The provider of the portable tests on the desktop.</summary>
internal static class TestCrypto
{
    public static ICryptoProvider New() => CryptoProviders.Any();
}
