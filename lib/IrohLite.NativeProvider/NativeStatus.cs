using System;
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

    /// <summary>Passes a result of 0 or more through and throws for any other.</summary>
    public static int Require(int status, string operation)
    {
        if (status >= Ok) return status;
        throw Failure(status, operation);
    }

    /// <summary>True for success, false for Refused; throws for any other.</summary>
    public static bool Accepted(int status, string operation)
    {
        if (status == Ok) return true;
        if (status == Refused) return false;
        throw Failure(status, operation);
    }

    private static Exception Failure(int status, string operation)
    {
        switch (status)
        {
            case NoSlot: return new CryptoException(operation + ": every packet key slot is taken");
            case Handle: return new InvalidOperationException(operation + ": no such packet keys");
            case State: return new InvalidOperationException(operation + ": packet keys are not updatable");
            default: return new CryptoException(operation + ": the crypto library failed with status " + status.ToString());
        }
    }
}
