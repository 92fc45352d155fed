namespace NanoSurface.Rules;

/// <summary>One thing that compiles but does not work on the v1 CLR.</summary>
internal sealed record Violation(string Rule, string Where, string What)
{
    public override string ToString() => Where + ": " + What + " [" + Rule + ", see docs/csharp-dialect.md]";
}
