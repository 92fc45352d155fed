#include <string.h>

#include <sodium/crypto_core_ed25519.h>
#include <sodium/crypto_hash_sha512.h>
#include <sodium/crypto_sign_ed25519.h>

#include "edwards25519.h"
#include "internal.h"

#define SIGNATURE_BYTES 64

int32_t il_ed25519_public_key(IL_IN(seed), IL_OUT(public_key))
{
    uint8_t result[32];
    uint8_t secret[64];
    IL_REQUIRE(seed, IL_KEY_BYTES);
    IL_REQUIRE(public_key, IL_KEY_BYTES);
    int error = crypto_sign_ed25519_seed_keypair(result, secret, IL_AT(seed));
    il_wipe_local(secret, sizeof secret);
    if (error == 0) {
        memcpy(IL_OUT_AT(public_key), result, sizeof result);
    }
    return error == 0 ? IL_OK : IL_BACKEND;
}

int32_t il_ed25519_sign(IL_IN(seed), IL_IN(public_key), IL_IN(message), int32_t message_count, IL_OUT(signature))
{
    uint8_t result[SIGNATURE_BYTES];
    uint8_t secret[64];
    IL_REQUIRE(seed, IL_KEY_BYTES);
    IL_REQUIRE(public_key, IL_KEY_BYTES);
    IL_REQUIRE(message, message_count);
    IL_REQUIRE(signature, SIGNATURE_BYTES);
    memcpy(secret, IL_AT(seed), 32);
    memcpy(secret + 32, IL_AT(public_key), 32);
    int error = crypto_sign_ed25519_detached(result, NULL, IL_AT(message), (unsigned long long)message_count, secret);
    il_wipe_local(secret, sizeof secret);
    if (error == 0) {
        memcpy(IL_OUT_AT(signature), result, sizeof result);
    }
    return error == 0 ? IL_OK : IL_BACKEND;
}

/* RFC 8032 section 5.1.7: S must be below the order of the base point, or there would be two signatures of a message. */
static int is_canonical_scalar(const uint8_t scalar[32])
{
    static const uint8_t order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
                                       0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10 };
    for (int i = 31; i >= 0; i--) {
        if (scalar[i] != order[i]) {
            return scalar[i] < order[i];
        }
    }
    return 0;
}

/*
 * libsodium's own verification is not used: 1.0.18 decides as iroh does but for non-canonical keys, later versions (the component
 * for ESP-IDF among them) accept when R and sB - hA differ by a point of small order, and its tests for the subgroup of prime order,
 * with which that could be mended, are costly and were wrong for a time (CVE-2025-69277).
 */
int32_t il_ed25519_verify(IL_IN(public_key), IL_IN(message), int32_t message_count, IL_IN(signature))
{
    crypto_hash_sha512_state state;
    uint8_t digest[64];
    uint8_t scalar[32];
    il_point point;
    IL_REQUIRE(public_key, IL_KEY_BYTES);
    IL_REQUIRE(message, message_count);
    IL_REQUIRE(signature, SIGNATURE_BYTES);
    const uint8_t *key = IL_AT(public_key);
    const uint8_t *proof = IL_AT(signature);
    if (!is_canonical_scalar(proof + 32) || !il_point_from_bytes(&point, key) || il_point_is_small_order(&point)) {
        return IL_REFUSED;
    }
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, proof, 32);
    crypto_hash_sha512_update(&state, key, 32);
    crypto_hash_sha512_update(&state, IL_AT(message), (unsigned long long)message_count);
    crypto_hash_sha512_final(&state, digest);
    crypto_core_ed25519_scalar_reduce(scalar, digest);

    /* R must be the very encoding of sB - hA; equal, it also shares its order. */
    il_point_verify_sum(&point, proof + 32, scalar, &point);
    il_point_to_bytes(digest, &point);
    return memcmp(digest, proof, 32) == 0 && !il_point_is_small_order(&point) ? IL_OK : IL_REFUSED;
}

int32_t il_ed25519_is_point(IL_IN(public_key))
{
    il_point point;
    IL_REQUIRE(public_key, IL_KEY_BYTES);
    return il_point_from_bytes(&point, IL_AT(public_key)) ? IL_OK : IL_REFUSED;
}
