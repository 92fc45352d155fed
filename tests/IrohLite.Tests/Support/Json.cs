using System;
using System.Text.Json;

namespace IrohLite.Tests;

/// <summary>Short access to the fields of vector files.</summary>
internal static class Json
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    public static byte[] Bytes(this JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString());

    public static int Int(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static long Long(this JsonElement element, string name) => element.GetProperty(name).GetInt64();

    public static bool Bool(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();
}
