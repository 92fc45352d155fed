#include <string.h>

#include <sodium/crypto_core_ed25519.h>
#include <sodium/crypto_hash_sha512.h>
#include <sodium/crypto_sign_ed25519.h>

#include "internal.h"

#define SIGNATURE_BYTES 64

/* The neutral element (0, 1). */
static const uint8_t identity[32] = { 1 };

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

/*
 * libsodium up to 1.0.18 compares R with sB - hA exactly; later versions (the component for ESP-IDF among them) accept when
 * the two differ by a point of small order. So once libsodium has accepted, the small-order part of R + hA - sB must still
 * be shown to be zero. B has none, and the small-order part of hA depends only on h mod 8, so it equals the small-order part
 * of P = R + (h mod 8)A: that is zero exactly when P lies in the group of prime order.
 */
int32_t il_ed25519_torsion_matches(const uint8_t public_key[32], const uint8_t *message, size_t message_count,
                                   const uint8_t signature[64])
{
    crypto_hash_sha512_state state;
    uint8_t digest[64];
    uint8_t scalar[32];
    uint8_t point[32];

    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, signature, 32);
    crypto_hash_sha512_update(&state, public_key, 32);
    crypto_hash_sha512_update(&state, message, message_count);
    crypto_hash_sha512_final(&state, digest);
    crypto_core_ed25519_scalar_reduce(scalar, digest);

    /* Horner over the three low bits of h. */
    memcpy(point, identity, sizeof point);
    for (int bit = 2; bit >= 0; bit--) {
        if (crypto_core_ed25519_add(point, point, point) != 0) {
            return IL_REFUSED;
        }
        if (((scalar[0] >> bit) & 1) != 0 && crypto_core_ed25519_add(point, point, public_key) != 0) {
            return IL_REFUSED;
        }
    }
    if (crypto_core_ed25519_add(point, point, signature) != 0) {
        return IL_REFUSED;
    }
    if (memcmp(point, identity, sizeof point) == 0) {
        return IL_OK;
    }
    return crypto_core_ed25519_is_valid_point(point) != 0 ? IL_OK : IL_REFUSED;
}

int32_t il_ed25519_verify(IL_IN(public_key), IL_IN(message), int32_t message_count, IL_IN(signature))
{
    IL_REQUIRE(public_key, IL_KEY_BYTES);
    IL_REQUIRE(message, message_count);
    IL_REQUIRE(signature, SIGNATURE_BYTES);
    const uint8_t *key = IL_AT(public_key);
    const uint8_t *text = IL_AT(message);
    const uint8_t *proof = IL_AT(signature);
    /* Refuses S >= L, small order of key or R, and what is no point (all versions). */
    if (crypto_sign_ed25519_verify_detached(proof, text, (unsigned long long)message_count, key) != 0) {
        return IL_REFUSED;
    }
    return il_ed25519_torsion_matches(key, text, (size_t)message_count, proof);
}

int32_t il_ed25519_is_point(IL_IN(public_key))
{
    uint8_t sum[32];
    IL_REQUIRE(public_key, IL_KEY_BYTES);
    /* Addition decompresses both operands and asks nothing more of them. */
    return crypto_core_ed25519_add(sum, IL_AT(public_key), identity) == 0 ? IL_OK : IL_REFUSED;
}
