// How the glue reads managed arguments and returns statuses. The calls of native/crypto check every region themselves; what
// must be right here is that a number and an array size reach them unchanged, and that no array is read as another type.
#ifndef IROHLITE_ARGUMENTS_H
#define IROHLITE_ARGUMENTS_H

#include "IrohLite_Native.h"
#include "irohlite_crypto.h"

#include <limits.h>

namespace IrohLiteGlue
{
    // The elements of a one-dimensional array argument. A null argument, or one of another element type (which only wrong
    // metadata could cause), has no data: the call then answers IL_NULL.
    inline uint8_t *Elements(CLR_RT_StackFrame &stack, int index, int elementType)
    {
        CLR_RT_HeapBlock_Array *array = stack.ArgN(index).DereferenceArray();
        if (array == NULL || array->m_typeOfElement != elementType)
        {
            return NULL;
        }
        return array->GetFirstElement();
    }

    inline int32_t Count(CLR_RT_StackFrame &stack, int index)
    {
        CLR_RT_HeapBlock_Array *array = stack.ArgN(index).DereferenceArray();
        if (array == NULL)
        {
            return 0;
        }
        return array->m_numOfElements > (CLR_UINT32)INT32_MAX ? INT32_MAX : (int32_t)array->m_numOfElements;
    }

    inline int32_t Number(CLR_RT_StackFrame &stack, int index)
    {
        return (int32_t)stack.ArgN(index).NumericByRefConst().s4;
    }

    inline int64_t LongNumber(CLR_RT_StackFrame &stack, int index)
    {
        return (int64_t)stack.ArgN(index).NumericByRefConst().s8;
    }

    // Mistakes of the caller become the managed exceptions that fit them; every other status is the method's result.
    inline HRESULT Return(CLR_RT_StackFrame &stack, int32_t status)
    {
        switch (status)
        {
            case IL_RANGE:
                return CLR_E_OUT_OF_RANGE; // ArgumentOutOfRangeException
            case IL_NULL:
                return CLR_E_ARGUMENT_NULL; // ArgumentNullException
            case IL_OVERLAP:
                return CLR_E_INVALID_PARAMETER; // ArgumentException
            default:
                stack.SetResult_I4((CLR_INT32)status);
                return S_OK;
        }
    }
}

// A byte[] argument as (array, size), and the same with its offset, which follows it.
#define BYTES(index) IrohLiteGlue::Elements(stack, index, DATATYPE_U1), IrohLiteGlue::Count(stack, index)
#define REGION(index) BYTES(index), NUMBER((index) + 1)
#define NUMBER(index) IrohLiteGlue::Number(stack, index)
#define LONG_NUMBER(index) IrohLiteGlue::LongNumber(stack, index)

#define RETURN_STATUS(call) NANOCLR_SET_AND_LEAVE(IrohLiteGlue::Return(stack, call))

#endif
