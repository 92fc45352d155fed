/* The checks that every implementation of the blob store makes alike. */
#ifndef IROHLITE_BLOB_NAME_H
#define IROHLITE_BLOB_NAME_H

#include <string.h>

#include "irohlite_services.h"

/* Copies a name into text and ends it; IL_RANGE for a name or blob size outside the limits of irohlite_services.h. */
static inline int32_t il_blob_name(const uint8_t *name, int32_t name_count, int32_t blob_count,
                                   char text[IL_BLOB_NAME_MAX_BYTES + 1])
{
    if (name_count < 1 || name_count > IL_BLOB_NAME_MAX_BYTES || blob_count < 1 || blob_count > IL_BLOB_MAX_BYTES) {
        return IL_RANGE;
    }
    for (int32_t i = 0; i < name_count; i++) {
        if (name[i] <= 0x20 || name[i] >= 0x7f) {
            return IL_RANGE;
        }
    }
    memset(text, 0, IL_BLOB_NAME_MAX_BYTES + 1);
    memcpy(text, name, (size_t)name_count);
    return IL_OK;
}

#endif
