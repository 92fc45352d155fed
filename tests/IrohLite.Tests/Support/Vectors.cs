#nullable disable
using System;
using System.IO;
using System.Text.Json;

namespace IrohLite.Tests;

/// <summary>Finds and opens test vectors: those of tests/vectors, and the large files that stay outside the repository.</summary>
internal static class Vectors
{
    /// <summary>The root of the checkout: the folder that holds desktop.slnx.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Opens a JSON file below tests/vectors, e.g. "rfc5869.json".</summary>
    public static JsonDocument Open(string relativePath) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot, "tests", "vectors", relativePath)));

    /// <summary>
    /// Opens a JSON file of the external vector folder ($IROHLITE_VECTORS, else ../shared/vectors beside the checkout).
    /// Throws where it is absent in CI; elsewhere returns null, and the caller reports the skip.
    /// </summary>
    public static JsonDocument OpenExternal(string relativePath)
    {
        string folder = Environment.GetEnvironmentVariable("IROHLITE_VECTORS")
            ?? Path.Combine(RepositoryRoot, "..", "shared", "vectors");
        string path = Path.Combine(folder, relativePath);
        if (File.Exists(path)) return JsonDocument.Parse(File.ReadAllText(path));
        if (Environment.GetEnvironmentVariable("CI") != null)
            throw new FileNotFoundException("external vectors are required in CI; set IROHLITE_VECTORS to their folder", path);
        return null;
    }

    private static string FindRoot()
    {
        DirectoryInfo folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder != null && !File.Exists(Path.Combine(folder.FullName, "desktop.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("desktop.slnx not found above " + AppContext.BaseDirectory);
    }
}
