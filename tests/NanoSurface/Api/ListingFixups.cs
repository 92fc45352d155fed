using System;
using System.Collections.Generic;

namespace NanoSurface.Api;

/// <summary>
/// Everything the signature listing cannot express, in one place. The listing holds public and protected members without bodies,
/// explicit interface implementations, internal types, attributes and references; each of those gaps is filled here with its reason.
/// (Explicit implementations are the exception: ReferenceAssemblies adds whatever an interface asks for and the listing does not show.)
/// </summary>
internal static class ListingFixups
{
    /// <summary>The assembly a "## …" heading speaks of; null where the block is written too loosely to parse (see ExtraSource).</summary>
    public static string? AssemblyOfHeading(string heading)
    {
        if (heading.StartsWith("UnitsNet types", StringComparison.Ordinal)) return null;
        if (heading.StartsWith("nanoFramework.TestFramework attributes", StringComparison.Ordinal)) return null;
        return heading.Split(' ')[0]; // "System.Net additions in 1.11.60 …" merges into System.Net
    }

    /// <summary>Lines that name types of packages outside the listing, or internal helpers.</summary>
    public static bool IsLeftOut(string line) =>
        // HttpListenerContext belongs to nanoFramework.System.Net.Http, which is not listed (and not used here).
        line.Contains("HttpListenerContext")
        // The commands of the OLED controllers are listed without their interfaces; nothing here sends raw commands.
        || line.Contains("ISsd1306Command") || line.Contains("ISsd1327Command") || line.Contains("ISharedCommand");

    /// <summary>
    /// What each assembly references (nuspec files of the packages). The listing has no such lines.
    /// </summary>
    public static string[] ReferencesOf(string assembly) => assembly switch
    {
        "mscorlib" => [],
        "nanoFramework.Runtime.Events" or "nanoFramework.Runtime.Native" or "System.Threading" or "nanoFramework.System.Text"
            or "nanoFramework.System.Collections" or "System.Math" or "nanoFramework.Networking.Sntp" or "System.Device.I2c"
            or "nanoFramework.System.Security.Cryptography" or "nanoFramework.ResourceManager" or "System.Device.Model"
            or "System.Buffers.Binary.BinaryPrimitives" or "nanoFramework.Logging" or "nanoFramework.DependencyInjection"
            or "nanoFramework.TestFramework" or "UnitsNet.Temperature" or "UnitsNet.RelativeHumidity" => ["mscorlib"],
        "System.Diagnostics.Stopwatch" => ["mscorlib", "nanoFramework.Runtime.Native"],
        "System.IO.Streams" => ["mscorlib", "nanoFramework.System.Text"],
        "System.IO.FileSystem" => ["mscorlib", "nanoFramework.Runtime.Events", "nanoFramework.System.Text", "System.IO.Streams"],
        "System.Net" => ["mscorlib", "nanoFramework.Runtime.Events", "nanoFramework.System.Text", "System.IO.Streams", "System.Threading"],
        "System.Device.Wifi" or "System.Net.Sockets.UdpClient" or "System.Net.Sockets.TcpClient" => ["System.Net", .. ReferencesOf("System.Net")],
        "System.Net.WebSockets" => ["nanoFramework.System.Collections", "System.Net", .. ReferencesOf("System.Net")],
        "System.Device.Gpio" or "nanoFramework.Hardware.Esp32" or "nanoFramework.Hardware.Esp32.Rmt" => ["mscorlib", "nanoFramework.Runtime.Events"],
        "nanoFramework.Json" => ["mscorlib", "nanoFramework.System.Collections", "System.IO.Streams"],
        "nanoFramework.Hosting" => ["mscorlib", "nanoFramework.DependencyInjection", "nanoFramework.Logging", "nanoFramework.System.Collections", "System.Threading"],
        "Iot.Device.Dhtxx.Esp32" => ["mscorlib", "nanoFramework.Runtime.Events", "nanoFramework.Runtime.Native", "nanoFramework.Hardware.Esp32.Rmt",
            "System.Device.Gpio", "System.Device.I2c", "System.Device.Model", "System.Diagnostics.Stopwatch", "System.Math",
            "UnitsNet.Temperature", "UnitsNet.RelativeHumidity"],
        "Iot.Device.Tm1637" => ["mscorlib", "nanoFramework.Runtime.Events", "nanoFramework.Runtime.Native", "System.Device.Gpio"],
        "Iot.Device.Ssd13xx" => ["mscorlib", "nanoFramework.Runtime.Events", "System.Device.Gpio", "System.Device.I2c"],
        _ => throw new NotSupportedException("ListingFixups.ReferencesOf does not know " + assembly),
    };

    /// <summary>Attributes on members that change what compiles or what is emitted.</summary>
    public static string AttributesOf(string type, string member) => type switch
    {
        // Release builds drop these calls together with their arguments.
        "System.Diagnostics.Debug" => "[Conditional(\"DEBUG\")] ",
        // The compiler reads characters of a string through get_Chars.
        "System.String" when member.Contains(" this[") => "[System.Runtime.CompilerServices.IndexerName(\"Chars\")] ",
        _ => "",
    };

    /// <summary>Members that are neither public nor protected by name, yet the compiler needs them.</summary>
    public static string ExtraMembers(string type) => type switch
    {
        "System.Object" => "~Object() { }", // C# finalizers override it
        _ => "",
    };

    /// <summary>
    /// Classes whose listing shows no constructor because the source writes none: the compiler's implicit public one exists.
    /// Every other class without a listed constructor has internal ones only.
    /// </summary>
    public static bool HasImplicitConstructor(string type) => ImplicitConstructors.Contains(type);

    private static readonly HashSet<string> ImplicitConstructors =
    [
        "System.Net.IPHostEntry",
        "System.Net.WebSockets.ClientWebSocketHeaders", "System.Net.WebSockets.ClientWebSocketOptions",
        "System.Net.WebSockets.MessageReceivedEventArgs", "System.Net.WebSockets.WebSocketFrame.WebSocketOptions",
        "System.Net.WebSockets.Server.WebSocketServerOptions",
        "nanoFramework.Runtime.Events.BaseEvent", "nanoFramework.Runtime.Events.GenericEvent",
        "nanoFramework.Json.SerializationException", "nanoFramework.Json.DeserializationException", "nanoFramework.Json.JsonObject",
        "Microsoft.Extensions.DependencyInjection.ServiceCollection", "Microsoft.Extensions.DependencyInjection.ServiceProviderOptions",
        "nanoFramework.Logging.Debug.DebugLoggerFactory",
        "nanoFramework.Hardware.Esp32.Touch.DenoiseSetting", "nanoFramework.Hardware.Esp32.Touch.MeasurementTime",
        "nanoFramework.Hardware.Esp32.Touch.Esp32FilterSetting", "nanoFramework.Hardware.Esp32.Touch.S2S3FilterSetting",
        "System.Diagnostics.Stopwatch",
        "nanoFramework.System.IO.FileSystem.CardDetectParameters", "nanoFramework.System.IO.FileSystem.SDCardMmcParameters",
        "nanoFramework.System.IO.FileSystem.SDCardSpiParameters",
        "System.Threading.ThreadAbortException",
    ];

    /// <summary>Usings of the original sources, beyond the namespaces of the assembly and its references (those are all imported).</summary>
    public static string ExtraUsings(string assembly) => assembly switch
    {
        "System.IO.FileSystem" => "global using static nanoFramework.System.IO.FileSystem.SDCard;",
        "Iot.Device.Dhtxx.Esp32" => "global using UnitsNet;", // its two assemblies are written in ExtraSource
        _ => "",
    };

    /// <summary>Whole declarations: internal helpers that constants refer to, and the two blocks of the listing written as prose.</summary>
    public static string ExtraSource(string assembly) => assembly switch
    {
        // DeviceTypes and DeviceFunction are sums of these internal constants.
        "nanoFramework.Hardware.Esp32" => "namespace nanoFramework.Hardware.Esp32 { internal enum ValueTypes { DeviceType = 0x10000, DeviceIndex = 0x100 } }",
        "UnitsNet.Temperature" => """
            namespace UnitsNet.Units { public enum TemperatureUnit { DegreeCelsius, DegreeFahrenheit, Kelvin } }
            namespace UnitsNet {
              public struct Temperature {
                public Temperature(double value, UnitsNet.Units.TemperatureUnit unit) { throw null; }
                public double Value { get { throw null; } }
                public UnitsNet.Units.TemperatureUnit Unit { get { throw null; } }
                public double DegreesCelsius { get { throw null; } }
                public double DegreesFahrenheit { get { throw null; } }
                public double Kelvins { get { throw null; } }
                public static Temperature FromDegreesCelsius(double value) { throw null; }
              }
            }
            """,
        "UnitsNet.RelativeHumidity" => """
            namespace UnitsNet {
              public struct RelativeHumidity {
                public double Percent { get { throw null; } }
                public static RelativeHumidity FromPercent(double value) { throw null; }
              }
            }
            """,
        "nanoFramework.TestFramework" => """
            namespace nanoFramework.TestFramework {
              public class TestClassAttribute : System.Attribute { }
              public class TestMethodAttribute : System.Attribute { }
              public class SetupAttribute : System.Attribute { }
              public class CleanupAttribute : System.Attribute { }
              [System.AttributeUsage(System.AttributeTargets.Method, AllowMultiple = true)]
              public class DataRowAttribute : System.Attribute {
                public DataRowAttribute(params object[] methodParameters) { throw null; }
                public object[] MethodParameters { get { throw null; } }
              }
            }
            """,
        _ => "",
    };

    /// <summary>Assemblies that exist only in ExtraSource.</summary>
    public static readonly string[] ExtraAssemblies = ["UnitsNet.Temperature", "UnitsNet.RelativeHumidity"];
}
