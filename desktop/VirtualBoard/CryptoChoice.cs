using IrohLite.Crypto;
using IrohLite.Native;

namespace IrohLite.Desktop;

/// <summary>Picks the crypto provider by the name a user gives.</summary>
public static class CryptoChoice
{
    /// <summary>The native module where it is installed, else the managed provider.</summary>
    public const string Auto = "auto";

    /// <summary>The native module, mbedTLS and libsodium.</summary>
    public const string Native = "native";

    /// <summary>.NET's primitives with managed curves.</summary>
    public const string Managed = "managed";

    /// <summary>The names that are understood.</summary>
    public static readonly string[] Names = [Auto, Native, Managed];

    /// <summary>A provider for one endpoint.</summary>
    public static ICryptoProvider Create(string name)
    {
        if (name == Managed) return new DesktopCryptoProvider();
        bool isAvailable = NativeLibraryLoader.IsAvailable(out string reason);
        if (isAvailable) return new NativeCryptoProvider();
        if (name == Auto) return new DesktopCryptoProvider();
        throw new UserException("no-native-crypto", "the native crypto module cannot be used: " + reason.TrimEnd('.') + ": --crypto managed");
    }
}
