using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoSurface.Rules;

/// <summary>Rules about the instructions of one method.</summary>
internal static class BodyRules
{
    public static void Check(MethodDefinition method, List<Violation> found)
    {
        MethodBody body = method.Body;
        if (body.Variables.Count > Limits.Locals)
            found.Add(new Violation(RuleNames.TooManyLocals, Place.Of(method), body.Variables.Count + " locals, at most " + Limits.Locals));
        if (body.CodeSize > Limits.MethodBytes)
            found.Add(new Violation(RuleNames.MethodTooLong, Place.Of(method), body.CodeSize + " bytes of IL, at most " + Limits.MethodBytes));
        foreach (VariableDefinition local in body.Variables)
        {
            if (local.IsPinned)
                found.Add(new Violation(RuleNames.Pinned, Place.Of(method), "fixed statement: the metadata processor refuses it"));
            SignatureRules.Check(local.VariableType, Place.Of(method), found);
        }
        foreach (Instruction instruction in body.Instructions)
        {
            string where = Place.Of(method, instruction);
            CheckOpCode(method, instruction, where, found);
            switch (instruction.Operand)
            {
                case MethodReference called: SignatureRules.Check(called, where, found); break;
                case FieldReference field: SignatureRules.Check(field.FieldType, where, found); break;
                case TypeReference type: SignatureRules.Check(type, where, found); break;
            }
        }
    }

    private static void CheckOpCode(MethodDefinition method, Instruction instruction, string where, List<Violation> found)
    {
        Code code = instruction.OpCode.Code;
        if (instruction.OpCode.Name.Contains(".ovf"))
            found.Add(new Violation(RuleNames.CheckedArithmetic, where, instruction.OpCode.Name + ": checked never throws on v1, it wraps"));
        switch (code)
        {
            case Code.Localloc:
                found.Add(new Violation(RuleNames.StackAlloc, where, "stackalloc throws at run time"));
                break;
            case Code.Calli:
                found.Add(new Violation(RuleNames.FunctionPointer, where, "call through a function pointer throws"));
                break;
            case Code.Throw when method.IsConstructor && method.IsStatic:
                found.Add(new Violation(RuleNames.ThrowInStaticConstructor, where, "an exception here is swallowed; the type stays half-made"));
                break;
            case Code.Switch when ((Instruction[])instruction.Operand).Length > Limits.SwitchCases:
                found.Add(new Violation(RuleNames.SwitchTooWide, where, "jump table of " + ((Instruction[])instruction.Operand).Length + ", at most " + Limits.SwitchCases));
                break;
            case Code.Box or Code.Constrained when ((TypeReference)instruction.Operand).Resolve()?.IsEnum == true:
                found.Add(new Violation(RuleNames.EnumBoxed, where, instruction.Operand + " becomes an object: its text is a number (use Names)"));
                break;
            case Code.Newarr:
                CheckArray(instruction, where, found);
                break;
            case Code.Call or Code.Callvirt when instruction.Operand is MethodReference { DeclaringType.FullName: "nanoFramework.Networking.Sntp" } sntp:
                CheckSntp(sntp, instruction, where, found);
                break;
            case Code.Call or Code.Callvirt when instruction.Operand is MethodReference { Name: "set_SslVerification" }:
                // SslVerification.CertificateRequired = 4; the runtime takes every other value for "verify nothing".
                if (instruction.Previous.OpCode.Code != Code.Ldc_I4_4)
                    found.Add(new Violation(RuleNames.TlsUnverified, where, "only SslVerification.CertificateRequired verifies the certificate"));
                break;
        }
    }

    private static void CheckArray(Instruction instruction, string where, List<Violation> found)
    {
        if (instruction.Previous == null || Constant(instruction.Previous) is not int length) return;
        TypeReference element = (TypeReference)instruction.Operand;
        int size = element.MetadataType switch
        {
            MetadataType.Boolean or MetadataType.Byte or MetadataType.SByte => 1,
            MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => 2,
            MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single => 4,
            MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => 8,
            _ => 0,
        };
        if (size == 0 ? length > Limits.ArrayReferences : (long)length * size > Limits.ArrayBytes)
            found.Add(new Violation(RuleNames.ArrayTooLarge, where, element.Name + "[" + length + "]: one heap object holds at most 65,535 blocks of 12 bytes"));
    }

    private static int? Constant(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Ldc_I4 => (int)instruction.Operand,
        Code.Ldc_I4_S => (sbyte)instruction.Operand,
        _ => null,
    };

    /// <summary>The setter keeps the pointer of its argument, and the getters read an argument that does not exist.</summary>
    private static void CheckSntp(MethodReference called, Instruction instruction, string where, List<Violation> found)
    {
        bool literal = called.Name is "set_Server1" or "set_Server2" && instruction.Previous?.OpCode.Code == Code.Ldstr;
        if (called.Name.StartsWith("get_") || (called.Name.StartsWith("set_") && !literal))
            found.Add(new Violation(RuleNames.SntpServer, where, "Sntp." + called.Name + ": set servers from literals only, never read these properties"));
    }
}
