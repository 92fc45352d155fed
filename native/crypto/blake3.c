#include <string.h>

#include "internal.h"

/* BLAKE3 (specification 2.2 to 2.4) of a single chunk of a single block, in derive_key mode. */

#define CHUNK_START 1u
#define CHUNK_END 2u
#define ROOT 8u
#define DERIVE_KEY_MATERIAL 64u
#define BLOCK_BYTES 64
#define ROUNDS 7

static const uint32_t initial_vector[4] = { 0x6A09E667u, 0xBB67AE85u, 0x3C6EF372u, 0xA54FF53Au };

static const uint8_t permutation[16] = { 2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8 };

static inline uint32_t rotate_right(uint32_t word, int bits)
{
    return (word >> bits) | (word << (32 - bits));
}

static uint32_t load_word(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void mix(uint32_t *v, int a, int b, int c, int d, uint32_t x, uint32_t y)
{
    v[a] += v[b] + x;
    v[d] = rotate_right(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = rotate_right(v[b] ^ v[c], 12);
    v[a] += v[b] + y;
    v[d] = rotate_right(v[d] ^ v[a], 8);
    v[c] += v[d];
    v[b] = rotate_right(v[b] ^ v[c], 7);
}

/* The compression function over one block that is the whole input; writes the first 32 bytes of output. */
static void compress_only_block(const uint8_t key[32], const uint8_t *input, size_t input_count, uint32_t mode,
                                uint8_t output[32])
{
    uint8_t block[BLOCK_BYTES] = { 0 };
    uint32_t m[16];
    uint32_t v[16];
    uint32_t permuted[16];

    memcpy(block, input, input_count);
    for (int i = 0; i < 16; i++) {
        m[i] = load_word(block + 4 * i);
    }
    for (int i = 0; i < 8; i++) {
        v[i] = load_word(key + 4 * i);
    }
    for (int i = 0; i < 4; i++) {
        v[8 + i] = initial_vector[i];
    }
    v[12] = 0; /* the chunk counter */
    v[13] = 0;
    v[14] = (uint32_t)input_count;
    v[15] = CHUNK_START | CHUNK_END | ROOT | mode;

    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 4; i++) {
            mix(v, i, 4 + i, 8 + i, 12 + i, m[2 * i], m[2 * i + 1]);
        }
        for (int i = 0; i < 4; i++) {
            mix(v, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, m[8 + 2 * i], m[9 + 2 * i]);
        }
        for (int i = 0; i < 16; i++) {
            permuted[i] = m[permutation[i]];
        }
        memcpy(m, permuted, sizeof m);
    }

    for (int i = 0; i < 8; i++) {
        uint32_t word = v[i] ^ v[8 + i];
        for (int k = 0; k < 4; k++) {
            output[4 * i + k] = (uint8_t)(word >> (8 * k));
        }
    }
    il_wipe_local(block, sizeof block);
    il_wipe_local(m, sizeof m);
    il_wipe_local(permuted, sizeof permuted);
    il_wipe_local(v, sizeof v);
}

int32_t il_blake3_derive_key(IL_IN(context_key), IL_IN(material), int32_t material_count, IL_OUT(output))
{
    uint8_t result[IL_HASH_BYTES];
    if (material_count > BLOCK_BYTES) {
        return IL_RANGE;
    }
    IL_REQUIRE(context_key, IL_KEY_BYTES);
    IL_REQUIRE(material, material_count);
    IL_REQUIRE(output, IL_HASH_BYTES);
    compress_only_block(IL_AT(context_key), IL_AT(material), (size_t)material_count, DERIVE_KEY_MATERIAL, result);
    memcpy(IL_OUT_AT(output), result, sizeof result);
    il_wipe_local(result, sizeof result);
    return IL_OK;
}
