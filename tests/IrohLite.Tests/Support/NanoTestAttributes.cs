using System;

// The portable tests are written with nanoFramework's attribute names; on the desktop these run them under xunit.
namespace nanoFramework.TestFramework;

/// <summary>Marks a class of portable tests.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TestClassAttribute : Attribute
{
}

/// <summary>Marks one portable test.</summary>
public sealed class TestMethodAttribute : Xunit.FactAttribute
{
}
