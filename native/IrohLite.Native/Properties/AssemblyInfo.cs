using System.Reflection;

[assembly: AssemblyTitle("IrohLite.Native")]
[assembly: AssemblyProduct("IrohLite")]
[assembly: AssemblyCopyright("MIT licence")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]

// The firmware image must carry the same number (native/glue/IrohLite_Native.cpp); raise both with every changed signature.
[assembly: AssemblyNativeVersion("1.0.0.0")]
