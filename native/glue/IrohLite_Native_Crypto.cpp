// Aes128, Ed25519, Hashing and X25519: each method is one call of irohlite_crypto.h.
#include "Arguments.h"

typedef Library_IrohLite_Native_IrohLite_Native_Aes128 Aes128;
typedef Library_IrohLite_Native_IrohLite_Native_Ed25519 Ed25519;
typedef Library_IrohLite_Native_IrohLite_Native_Hashing Hashing;
typedef Library_IrohLite_Native_IrohLite_Native_X25519 X25519;

HRESULT Aes128::
    GcmSeal___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_aes_gcm_seal(REGION(0), REGION(2), REGION(4), NUMBER(6), REGION(7), NUMBER(9)));
    NANOCLR_NOCLEANUP();
}

HRESULT Aes128::
    GcmOpen___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_aes_gcm_open(REGION(0), REGION(2), REGION(4), NUMBER(6), REGION(7), NUMBER(9)));
    NANOCLR_NOCLEANUP();
}

HRESULT Aes128::EncryptBlock___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_aes_encrypt_block(REGION(0), REGION(2), REGION(4)));
    NANOCLR_NOCLEANUP();
}

HRESULT Ed25519::PublicKey___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_ed25519_public_key(REGION(0), REGION(2)));
    NANOCLR_NOCLEANUP();
}

HRESULT Ed25519::
    Sign___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_ed25519_sign(REGION(0), REGION(2), REGION(4), NUMBER(6), REGION(7)));
    NANOCLR_NOCLEANUP();
}

HRESULT Ed25519::Verify___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_ed25519_verify(REGION(0), REGION(2), NUMBER(4), REGION(5)));
    NANOCLR_NOCLEANUP();
}

HRESULT Ed25519::IsPoint___STATIC__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_ed25519_is_point(REGION(0)));
    NANOCLR_NOCLEANUP();
}

HRESULT Hashing::Sha256___STATIC__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_sha256(REGION(0), NUMBER(2), REGION(3)));
    NANOCLR_NOCLEANUP();
}

HRESULT Hashing::HmacSha256___STATIC__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_hmac_sha256(REGION(0), NUMBER(2), REGION(3), NUMBER(5), REGION(6)));
    NANOCLR_NOCLEANUP();
}

HRESULT Hashing::HkdfExpandLabel___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__SZARRAY_U1__I4__I4__SZARRAY_U1__I4__I4(
    CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    // The label is a whole array: offset 0, and as many bytes as the array has.
    RETURN_STATUS(il_hkdf_expand_label(
        REGION(0),
        BYTES(2),
        0,
        IrohLiteGlue::Count(stack, 2),
        REGION(3),
        NUMBER(5),
        REGION(6),
        NUMBER(8)));
    NANOCLR_NOCLEANUP();
}

HRESULT Hashing::Blake3DeriveKey___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_blake3_derive_key(REGION(0), REGION(2), NUMBER(4), REGION(5)));
    NANOCLR_NOCLEANUP();
}

HRESULT X25519::PublicKey___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_x25519_public_key(REGION(0), REGION(2)));
    NANOCLR_NOCLEANUP();
}

HRESULT X25519::Agree___STATIC__I4__SZARRAY_U1__I4__SZARRAY_U1__I4__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_x25519_agree(REGION(0), REGION(2), REGION(4)));
    NANOCLR_NOCLEANUP();
}
