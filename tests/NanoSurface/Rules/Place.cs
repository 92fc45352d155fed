using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoSurface.Rules;

/// <summary>Where something was found, as "file(line) Type.Method".</summary>
internal static class Place
{
    public static string Of(MethodDefinition method, Instruction? at = null)
    {
        SequencePoint? point = null;
        if (method.HasBody && method.DebugInformation.HasSequencePoints)
        {
            int offset = at?.Offset ?? 0;
            point = method.DebugInformation.SequencePoints.LastOrDefault(p => !p.IsHidden && p.Offset <= offset)
                ?? method.DebugInformation.SequencePoints.FirstOrDefault(p => !p.IsHidden);
        }
        string name = method.DeclaringType.FullName + "." + method.Name;
        return point == null ? name : point.Document.Url + "(" + point.StartLine + ") " + name;
    }

    public static string Of(FieldDefinition field) => field.DeclaringType.FullName + "." + field.Name;
}
