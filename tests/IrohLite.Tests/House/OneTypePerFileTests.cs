using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>In product code one public type per file, and the file carries its name.</summary>
public class OneTypePerFileTests
{
    private static readonly Regex TopLevel = new(
        @"^(?<modifiers>(?:(?:public|internal|sealed|static|abstract|partial|readonly|ref|unsafe|file)\s+)*)(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w\[\]<>]+)\s+(?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.Compiled);

    [Fact]
    public void One_public_type_per_file_named_after_it()
    {
        List<string> faults = [];
        int looked = 0;
        foreach (string folder in new[] { "lib", "firmware", "native", "boards", "desktop" })
            foreach (SourceFile file in SourceFile.Below(folder, ".cs"))
            {
                List<Match> types = TopLevel.Matches(file.Code).ToList();
                if (types.Count == 0) continue; // top-level statements, assembly attributes
                looked++;
                List<string> open = types.FindAll(t => t.Groups["modifiers"].Value.Contains("public")).ConvertAll(t => t.Groups["name"].Value);
                string expected = file.Name.Split('.')[0];
                if (open.Count > 1) faults.Add(file.Path + ": " + open.Count + " public types (" + string.Join(", ", open) + ")");
                // The desktop programs may keep a few small internal records of one idea together.
                if (folder == "desktop" && open.Count == 0 && types.Count > 1) continue;
                if (types[0].Groups["name"].Value != expected && open.FirstOrDefault() != expected)
                    faults.Add(file.Path + ": declares " + types[0].Groups["name"].Value + " first");
            }
        Assert.True(looked > 20, "only " + looked + " files were looked at");
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }
}
