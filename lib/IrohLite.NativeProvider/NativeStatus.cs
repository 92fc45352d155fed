using IrohLite.Crypto;

namespace IrohLite.Native;

/// <summary>The results of the native calls (native/crypto/irohlite_crypto.h) and what they mean to a caller.</summary>
internal static class NativeStatus
{
    /// <summary>Success; a call with a number to return gives it instead.</summary>
    public const int Ok = 0;

    /// <summary>Not authentic, wrong signature, no curve point, all-zero shared secret.</summary>
    public const int Refused = -1;

    /// <summary>The packet key table is full.</summary>
    public const int NoSlot = -5;

    /// <summary>Not a live packet key handle.</summary>
    public const int Handle = -6;

    /// <summary>The keys behind the handle cannot be updated.</summary>
    public const int State = -7;

    /// <summary>Passes a result of 0 or more through and throws CryptoException for any other.</summary>
    public static int Require(int status, string operation)
    {
        if (status >= Ok) return status;
        throw new CryptoException(operation + ": " + Describe(status));
    }

    /// <summary>True for success, false for Refused; throws CryptoException for any other.</summary>
    public static bool Accepted(int status, string operation)
    {
        if (status == Ok) return true;
        if (status == Refused) return false;
        throw new CryptoException(operation + ": " + Describe(status));
    }

    private static string Describe(int status)
    {
        switch (status)
        {
            case Refused: return "refused";
            case NoSlot: return "the packet key table is full";
            case Handle: return "not a live packet key handle";
            case State: return "these packet keys cannot be updated";
            default: return "the crypto library failed with status " + status.ToString();
        }
    }
}
