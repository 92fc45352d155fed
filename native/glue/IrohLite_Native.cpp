// The method table of IrohLite.Native. It is positional: classes sorted by name, methods as they stand in their class. The
// checksum covers every name and signature; a test recomputes table and checksum from the C# declarations.
#include "IrohLite_Native.h"

// clang-format off

static const CLR_RT_MethodHandler method_lookup[] =
{
    Library_IrohLite_Native_IrohLite_Native_Aes128::GcmSeal___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4__I4,
    Library_IrohLite_Native_IrohLite_Native_Aes128::GcmOpen___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4__I4,
    Library_IrohLite_Native_IrohLite_Native_Aes128::EncryptBlock___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_Ed25519::PublicKey___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_Ed25519::Sign___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_Ed25519::Verify___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_Ed25519::IsPoint___STATIC__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_Hashing::Sha256___STATIC__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_Hashing::HmacSha256___STATIC__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_Hashing::HkdfExpandLabel___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__SZARRAY_U1__I4__I4__SZARRAY_U1__I4__I4,
    Library_IrohLite_Native_IrohLite_Native_Hashing::Blake3DeriveKey___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_NodeServices::ResetReason___STATIC__I4,
    Library_IrohLite_Native_IrohLite_Native_NodeServices::WatchdogStart___STATIC__I4__I4,
    Library_IrohLite_Native_IrohLite_Native_NodeServices::WatchdogFeed___STATIC__I4,
    Library_IrohLite_Native_IrohLite_Native_NodeServices::WatchdogStop___STATIC__I4,
    Library_IrohLite_Native_IrohLite_Native_NodeServices::WifiRssi___STATIC__I4,
    Library_IrohLite_Native_IrohLite_Native_NodeServices::ReadKey___STATIC__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_NodeServices::WriteKey___STATIC__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_PacketKeys::Create___STATIC__I4__SZARRAY_U1__I4__BOOLEAN,
    Library_IrohLite_Native_IrohLite_Native_PacketKeys::Rotate___STATIC__I4__I4__I8,
    Library_IrohLite_Native_IrohLite_Native_PacketKeys::DropPrevious___STATIC__I4__I4,
    Library_IrohLite_Native_IrohLite_Native_PacketKeys::Release___STATIC__I4__I4,
    Library_IrohLite_Native_IrohLite_Native_PacketKeys::Open___STATIC__I4__I4__SZARRAY_U1__I4__I4__I4__I8__SZARRAY_I8,
    Library_IrohLite_Native_IrohLite_Native_PacketKeys::Seal___STATIC__I4__I4__SZARRAY_U1__I4__I4__I4__I4__I8,
    Library_IrohLite_Native_IrohLite_Native_PacketKeys::InUse___STATIC__I4,
    Library_IrohLite_Native_IrohLite_Native_X25519::PublicKey___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4,
    Library_IrohLite_Native_IrohLite_Native_X25519::Agree___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4,
};

const CLR_RT_NativeAssemblyData g_CLR_AssemblyNative_IrohLite_Native =
{
    "IrohLite.Native",
    0x3D5CA2FE,
    method_lookup,
    { 1, 0, 0, 0 }
};

// clang-format on
