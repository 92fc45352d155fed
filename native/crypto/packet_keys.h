/* The packet key table behind the handles of irohlite_crypto.h. */
#ifndef IROHLITE_PACKET_KEYS_H
#define IROHLITE_PACKET_KEYS_H

#include "internal.h"
#include "mbedtls_calls.h"

enum il_generation { IL_PREVIOUS = 0, IL_CURRENT = 1, IL_NEXT = 2, IL_GENERATIONS = 3 };

struct il_aead_key {
    uint8_t key[IL_AES_KEY_BYTES];
    uint8_t iv[IL_NONCE_BYTES];
};

struct il_packet_keys {
    uint16_t serial; /* grows with every use of the slot, so that a stale handle is noticed */
    uint8_t in_use;
    uint8_t updatable;
    uint8_t phase; /* the key phase bit of the current generation */
    uint8_t has_previous;
    uint8_t next_secret[IL_KEY_BYTES];
    int64_t first_packet_number; /* of the current phase */
    struct il_aead_key generation[IL_GENERATIONS];
    mbedtls_gcm_context gcm; /* keyed with the current generation */
    mbedtls_aes_context header;
};

/* The live keys of a handle, or NULL. */
struct il_packet_keys *il_packet_keys_find(int32_t keys);

#endif
