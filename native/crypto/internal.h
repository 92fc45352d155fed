/* Shared by the sources of this folder: argument checks, and the primitives without them. */
#ifndef IROHLITE_INTERNAL_H
#define IROHLITE_INTERNAL_H

#include <stddef.h>
#include <stdint.h>

#include "irohlite_crypto.h"

#define IL_KEY_BYTES 32
#define IL_HASH_BYTES 32
#define IL_AES_KEY_BYTES 16
#define IL_NONCE_BYTES 12
#define IL_TAG_BYTES 16
#define IL_BLOCK_BYTES 16

/* IL_OK when [offset, offset + count) lies inside an array of that size. */
static inline int32_t il_check_region(const void *array, int32_t size, int32_t offset, int32_t count)
{
    if (size < 0 || offset < 0 || count < 0) {
        return IL_RANGE;
    }
    if (array == NULL) {
        return size == 0 && offset == 0 && count == 0 ? IL_OK : IL_NULL;
    }
    return offset <= size && count <= size - offset ? IL_OK : IL_RANGE;
}

/* Leaves the calling function with the status of the region unless it is sound. */
#define IL_REQUIRE(name, count)                                                                  \
    do {                                                                                         \
        int32_t region_status = il_check_region(name, name##_size, name##_offset, (count));      \
        if (region_status != IL_OK) {                                                            \
            return region_status;                                                                \
        }                                                                                        \
    } while (0)

/* The first byte of a checked region; never NULL, so that libraries may be given empty regions. */
static inline const uint8_t *il_in_at(const uint8_t *array, int32_t offset)
{
    static const uint8_t empty[1];
    return array == NULL ? empty : array + offset;
}

#define IL_AT(name) il_in_at(name, name##_offset)
#define IL_OUT_AT(name) (name + name##_offset)

void il_wipe_local(void *memory, size_t count);

int32_t il_sha256_raw(const uint8_t *data, size_t count, uint8_t hash[IL_HASH_BYTES]);

int32_t il_expand_label_raw(const uint8_t secret[IL_KEY_BYTES], const uint8_t *label, size_t label_count,
                            const uint8_t *context, size_t context_count, uint8_t *output, size_t output_count);

#endif
