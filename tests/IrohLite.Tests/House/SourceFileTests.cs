using Xunit;

namespace IrohLite.Tests.House;

/// <summary>The reader all rules of this folder stand on.</summary>
public class SourceFileTests
{
    [Theory]
    [InlineData("a // Thread\nb", "a          \nb")]
    [InlineData("a /* x\ny */ b", "a     \n     b")]
    [InlineData("f(\"Thread\");", "f(        );")]
    [InlineData("f(\"a\\\"b\", c);", "f(      , c);")]
    [InlineData("f(@\"a\\\", c);", "f(@    , c);")]
    [InlineData("f('\"', c);", "f(   , c);")]
    [InlineData("f(\"\"\"a \" b\"\"\", c);", "f(           , c);")]
    public void Comments_and_strings_are_blanked(string text, string expected) => Assert.Equal(expected, SourceFile.Blank(text));
}
