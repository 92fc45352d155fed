// NodeServices: each method is one call of irohlite_services.h.
#include "Arguments.h"
#include "irohlite_services.h"

typedef Library_IrohLite_Native_IrohLite_Native_NodeServices NodeServices;

HRESULT NodeServices::ResetReason___STATIC__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_node_reset_reason());
    NANOCLR_NOCLEANUP();
}

HRESULT NodeServices::WatchdogStart___STATIC__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_node_watchdog_start(NUMBER(0)));
    NANOCLR_NOCLEANUP();
}

HRESULT NodeServices::WatchdogFeed___STATIC__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_node_watchdog_feed());
    NANOCLR_NOCLEANUP();
}

HRESULT NodeServices::WatchdogStop___STATIC__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_node_watchdog_stop());
    NANOCLR_NOCLEANUP();
}

// The strength is a negative number like the statuses, so it is returned as it is.
HRESULT NodeServices::WifiRssi___STATIC__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    stack.SetResult_I4((CLR_INT32)il_node_wifi_rssi());
    NANOCLR_NOCLEANUP_NOLABEL();
}

// A name is a whole array: offset 0, and as many bytes as the array has.
HRESULT NodeServices::ReadBlob___STATIC__I4__SZARRAY_U1__SZARRAY_U1__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_node_read_blob(BYTES(0), 0, IrohLiteGlue::Count(stack, 0), REGION(1), NUMBER(3)));
    NANOCLR_NOCLEANUP();
}

HRESULT NodeServices::WriteBlob___STATIC__I4__SZARRAY_U1__SZARRAY_U1__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    RETURN_STATUS(il_node_write_blob(BYTES(0), 0, IrohLiteGlue::Count(stack, 0), REGION(1), NUMBER(3)));
    NANOCLR_NOCLEANUP();
}
