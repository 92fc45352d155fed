using System;
using System.IO;
using Xunit;

namespace IrohLite.Tests;

/// <summary>A theory over a vector file outside the repository; skipped with the reason where the file is absent, never in CI.</summary>
public sealed class ExternalTheoryAttribute : TheoryAttribute
{
    public ExternalTheoryAttribute(string relativePath)
    {
        Skip = ExternalVectors.SkipReason(relativePath);
    }
}

/// <summary>Like <see cref="ExternalTheoryAttribute"/>, for a fact.</summary>
public sealed class ExternalFactAttribute : FactAttribute
{
    public ExternalFactAttribute(string relativePath)
    {
        Skip = ExternalVectors.SkipReason(relativePath);
    }
}

internal static class ExternalVectors
{
    public static string SkipReason(string relativePath)
    {
        try
        {
            using var file = Vectors.OpenExternal(relativePath);
            return file != null ? null : "external vectors absent: set IROHLITE_VECTORS to the folder that holds " + relativePath;
        }
        catch (FileNotFoundException)
        {
            // In CI the test itself runs and fails with this exception.
            return null;
        }
    }
}
