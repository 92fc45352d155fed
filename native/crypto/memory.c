#include <sodium/utils.h>

#include "internal.h"

void il_wipe_local(void *memory, size_t count)
{
    sodium_memzero(memory, count);
}

int32_t il_equal(IL_IN(a), IL_IN(b), int32_t count)
{
    IL_REQUIRE(a, count);
    IL_REQUIRE(b, count);
    return sodium_memcmp(IL_AT(a), IL_AT(b), (size_t)count) == 0 ? IL_OK : IL_REFUSED;
}

int32_t il_wipe(IL_OUT(memory), int32_t memory_count)
{
    IL_REQUIRE(memory, memory_count);
    if (memory_count > 0) {
        sodium_memzero(IL_OUT_AT(memory), (size_t)memory_count);
    }
    return IL_OK;
}
