// PacketKeys: each method is one call of irohlite_crypto.h.
#include "Arguments.h"

typedef Library_IrohLite_Native_IrohLite_Native_PacketKeys PacketKeys;

HRESULT PacketKeys::Create___STATIC__I4__SZARRAY_U1__I4__BOOLEAN(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_packet_keys_create(REGION(0), stack.ArgN(2).NumericByRefConst().u1));
    NANOCLR_NOCLEANUP();
}

HRESULT PacketKeys::Rotate___STATIC__I4__I4__I8(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_packet_keys_rotate(NUMBER(0), LONG_NUMBER(1)));
    NANOCLR_NOCLEANUP();
}

HRESULT PacketKeys::DropPrevious___STATIC__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_packet_keys_drop_previous(NUMBER(0)));
    NANOCLR_NOCLEANUP();
}

HRESULT PacketKeys::Release___STATIC__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_packet_keys_release(NUMBER(0)));
    NANOCLR_NOCLEANUP();
}

HRESULT PacketKeys::Open___STATIC__I4__I4__SZARRAY_U1__I4__I4__I4__I8__SZARRAY_I8(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_packet_open(
        NUMBER(0),
        BYTES(1),
        NUMBER(2),
        NUMBER(3),
        NUMBER(4),
        LONG_NUMBER(5),
        IrohLiteGlue::Elements(stack, 6, DATATYPE_I8),
        IrohLiteGlue::Count(stack, 6)));
    NANOCLR_NOCLEANUP();
}

HRESULT PacketKeys::Seal___STATIC__I4__I4__SZARRAY_U1__I4__I4__I4__I4__I8(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_packet_seal(NUMBER(0), BYTES(1), NUMBER(2), NUMBER(3), NUMBER(4), NUMBER(5), LONG_NUMBER(6)));
    NANOCLR_NOCLEANUP();
}

HRESULT PacketKeys::InUse___STATIC__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_packet_keys_in_use());
    NANOCLR_NOCLEANUP();
}
