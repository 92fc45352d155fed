using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>Every bound a peer can push on is written down: docs/memory.md names each constant of the …Limits.cs files.</summary>
public class MemoryDocumentTests
{
    [Fact]
    public void Every_limit_is_in_the_memory_document()
    {
        string document = File.ReadAllText(Path.Combine(Vectors.RepositoryRoot, "docs", "memory.md"));
        int constants = 0;
        List<string> missing = [];
        foreach (string folder in new[] { "lib", "firmware" })
            foreach (SourceFile file in SourceFile.Below(folder, "Limits.cs"))
                foreach (Match constant in Regex.Matches(file.Code, @"\bconst (?:int|long) (\w+)"))
                {
                    constants++;
                    if (!document.Contains("`" + constant.Groups[1].Value + "`")) missing.Add(file.Name + "." + constant.Groups[1].Value);
                }
        Assert.True(constants >= 20, "only " + constants + " limits were looked at");
        Assert.True(missing.Count == 0, "docs/memory.md lacks: " + string.Join(", ", missing));
    }
}
