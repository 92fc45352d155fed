using System.Collections.Generic;
using System.Reflection;
using Xunit.Sdk;

namespace IrohLite.Tests.Conformance;

/// <summary>Runs a theory twice: with us as the server (true) and as the client (false).</summary>
public sealed class BothRolesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[true], [false]];
}
