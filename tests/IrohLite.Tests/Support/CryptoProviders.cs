using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Native;
using Xunit;

namespace IrohLite.Tests;

/// <summary>
/// Every crypto provider there is, by name. Theories take a name from <see cref="All"/> and make their own object, because a provider
/// belongs to one thread. A further provider is one more line in <see cref="FindMakers"/>.
/// </summary>
public static class CryptoProviders
{
    private const int DefaultSlots = 32;

    private static readonly Dictionary<string, Func<int, ICryptoProvider>> Makers = FindMakers();

    /// <summary>The names, as theory data.</summary>
    public static TheoryData<string> All => new(Makers.Keys);

    /// <summary>Each ordered pair of two different providers, as theory data.</summary>
    public static TheoryData<string, string> Pairs
    {
        get
        {
            TheoryData<string, string> pairs = new();
            foreach (string first in Makers.Keys)
                foreach (string second in Makers.Keys.Where(name => name != first)) pairs.Add(first, second);
            return pairs;
        }
    }

    /// <summary>A fresh provider.</summary>
    public static ICryptoProvider Make(string name) => Makers[name](DefaultSlots);

    /// <summary>
    /// The one to use where the choice does not matter: "managed", or what $IROHLITE_TEST_CRYPTO names, so that whole simulations can be run
    /// once more on another provider.
    /// </summary>
    public static ICryptoProvider Any(int slots = DefaultSlots) => Makers[Environment.GetEnvironmentVariable("IROHLITE_TEST_CRYPTO") ?? "managed"](slots);

    // The native module is left out where its build tools are missing, but never in CI.
    private static Dictionary<string, Func<int, ICryptoProvider>> FindMakers()
    {
        Dictionary<string, Func<int, ICryptoProvider>> makers = new()
        {
            ["bouncy-castle"] = slots => new BouncyCastleProvider(slots),
            ["managed"] = slots => new DesktopCryptoProvider(slots),
        };
        if (NativeLibraryLoader.IsAvailable(out string reason)) makers.Add("native", slots => new NativeCryptoProvider(slots));
        else if (Environment.GetEnvironmentVariable("CI") != null) throw new DllNotFoundException(reason);
        return makers;
    }
}
