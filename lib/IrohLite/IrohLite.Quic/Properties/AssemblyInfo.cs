using System.Reflection;
using System.Runtime.CompilerServices;

[assembly: AssemblyTitle("IrohLite.Quic")]
[assembly: AssemblyProduct("IrohLite")]
[assembly: AssemblyCopyright("MIT licence")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
[assembly: InternalsVisibleTo("NFUnitTest")]
