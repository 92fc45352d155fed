using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IrohLite.Native;

/// <summary>Finds libirohlite_crypto: in $IROHLITE_NATIVE (a file or its folder) or beside the program.</summary>
public static class NativeLibraryLoader
{
    /// <summary>The library's name in the P/Invoke declarations.</summary>
    internal const string Name = "irohlite_crypto";

    private const string FileName = "libirohlite_crypto.so";
    private const string Variable = "IROHLITE_NATIVE";

    /// <summary>True when the library can be loaded here.</summary>
    public static bool IsAvailable(out string reason)
    {
        reason = "";
        try
        {
            NativeLibrary.Free(Load());
            return true;
        }
        catch (DllNotFoundException e)
        {
            reason = e.Message;
            return false;
        }
    }

    // The resolver must stand before the first call, whichever class makes it.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Install() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, Resolve);

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == Name ? Load() : IntPtr.Zero;

    private static IntPtr Load()
    {
        List<string> tried = new List<string>();
        foreach (string path in Candidates())
        {
            if (File.Exists(path) && NativeLibrary.TryLoad(path, out IntPtr handle)) return handle;
            tried.Add(path + (File.Exists(path) ? " (present, but it does not load: is mbedTLS or libsodium missing?)" : ""));
        }
        throw new DllNotFoundException("the native crypto module is not here; tried " + string.Join(", ", tried)
            + ". Build it with native/build.sh, set " + Variable + " to it, or choose the managed provider.");
    }

    private static IEnumerable<string> Candidates()
    {
        string chosen = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(chosen))
        {
            yield return Directory.Exists(chosen) ? Path.Combine(chosen, FileName) : chosen;
            yield break;
        }
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        string beside = Path.GetDirectoryName(typeof(NativeLibraryLoader).Assembly.Location);
        if (!string.IsNullOrEmpty(beside) && beside != AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))
            yield return Path.Combine(beside, FileName);
    }
}
