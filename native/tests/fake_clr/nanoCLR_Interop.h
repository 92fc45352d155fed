// The few names of the nanoCLR that the glue uses, declared from its documentation, so that the glue compiles and runs in tests
// without the CLR. The real ones are in nf-interpreter, src/CLR/Include.
#ifndef FAKE_NANOCLR_INTEROP_H
#define FAKE_NANOCLR_INTEROP_H

#include <cstddef>
#include <cstdint>
#include <vector>

typedef int32_t HRESULT;
typedef int32_t CLR_INT32;
typedef int64_t CLR_INT64;
typedef uint32_t CLR_UINT32;
typedef uint8_t CLR_UINT8;

const HRESULT S_OK = 0;
const HRESULT CLR_E_OUT_OF_RANGE = (HRESULT)0xFD000001;
const HRESULT CLR_E_ARGUMENT_NULL = (HRESULT)0xFD000002;
const HRESULT CLR_E_INVALID_PARAMETER = (HRESULT)0xFD000003;

enum
{
    DATATYPE_U1 = 3,
    DATATYPE_I4 = 6,
    DATATYPE_I8 = 9
};

struct CLR_RT_HeapBlock_Array
{
    CLR_UINT32 m_numOfElements;
    CLR_UINT8 m_typeOfElement;
    CLR_UINT8 *elements;

    CLR_UINT8 *GetFirstElement()
    {
        return elements;
    }
};

struct CLR_RT_HeapBlock
{
    union Numeric {
        CLR_UINT8 u1;
        CLR_INT32 s4;
        CLR_INT64 s8;
    } numeric;
    CLR_RT_HeapBlock_Array *array;

    const Numeric &NumericByRefConst() const
    {
        return numeric;
    }

    CLR_RT_HeapBlock_Array *DereferenceArray() const
    {
        return array;
    }
};

struct CLR_RT_StackFrame
{
    std::vector<CLR_RT_HeapBlock> arguments;
    bool hasResult = false;
    CLR_INT32 result = 0;

    CLR_RT_HeapBlock &ArgN(CLR_INT32 n)
    {
        return arguments.at((size_t)n); // throws where the glue reads an argument the method has not
    }

    void SetResult_I4(CLR_INT32 value)
    {
        hasResult = true;
        result = value;
    }
};

typedef HRESULT (*CLR_RT_MethodHandler)(CLR_RT_StackFrame &stack);

struct CLR_RECORD_VERSION
{
    uint16_t iMajorVersion, iMinorVersion, iBuildNumber, iRevisionNumber;
};

struct CLR_RT_NativeAssemblyData
{
    const char *m_szAssemblyName;
    unsigned int m_checkSum;
    const void *m_pNativeMethods;
    CLR_RECORD_VERSION m_Version;
};

#define NANOCLR_NATIVE_DECLARE(mtd) static HRESULT mtd(CLR_RT_StackFrame &stack)
#define NANOCLR_HEADER() HRESULT hr
#define NANOCLR_SET_AND_LEAVE(expr)                                                                                    \
    {                                                                                                                  \
        hr = (expr);                                                                                                   \
        goto nanoCLR_Cleanup;                                                                                          \
    }
#define NANOCLR_NOCLEANUP()                                                                                            \
    hr = S_OK;                                                                                                         \
    nanoCLR_Cleanup:                                                                                                   \
    return hr
#define NANOCLR_NOCLEANUP_NOLABEL()                                                                                    \
    hr = S_OK;                                                                                                         \
    return hr

#endif
