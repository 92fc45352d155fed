/* Where verifications of Ed25519 differ: small order, mixed order, S >= L, and what is a point at all. Signatures with chosen
 * small-order parts are made here from libsodium's scalars and points. */
#include <sodium.h>

#include "check.h"
#include "edwards25519.h"
#include "irohlite_crypto.h"

#define OUT(array) array, (int32_t)sizeof(array), 0

static const uint8_t identity[32] = { 1 };

/* A point of order 8. */
static const uint8_t order8[32] = { 0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
                                    0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05 };

static void multiple(uint8_t *point, int times)
{
    memcpy(point, identity, 32);
    for (int i = 0; i < times; i++) {
        CHECK(crypto_core_ed25519_add(point, point, order8) == 0, "adding a point of order 8");
    }
}

/* Key aB + kT and R = rB + lT with S = r + ha; the exact equation holds when l + hk = 0 modulo 8. */
static int forge(uint64_t *random, int key_torsion, int r_torsion, uint8_t key[32], const uint8_t message[8], uint8_t signature[64])
{
    uint8_t a[32];
    uint8_t r[32];
    uint8_t wide[64];
    uint8_t hash[64];
    uint8_t h[32];
    uint8_t product[32];
    uint8_t torsion[32];
    crypto_hash_sha512_state state;
    fill_random(random, wide, 64);
    crypto_core_ed25519_scalar_reduce(a, wide);
    fill_random(random, wide, 64);
    crypto_core_ed25519_scalar_reduce(r, wide);
    CHECK(crypto_scalarmult_ed25519_base_noclamp(key, a) == 0 && crypto_scalarmult_ed25519_base_noclamp(signature, r) == 0, "base");
    multiple(torsion, key_torsion);
    CHECK(crypto_core_ed25519_add(key, key, torsion) == 0, "key");
    multiple(torsion, r_torsion);
    CHECK(crypto_core_ed25519_add(signature, signature, torsion) == 0, "R");
    crypto_hash_sha512_init(&state);
    crypto_hash_sha512_update(&state, signature, 32);
    crypto_hash_sha512_update(&state, key, 32);
    crypto_hash_sha512_update(&state, message, 8);
    crypto_hash_sha512_final(&state, hash);
    crypto_core_ed25519_scalar_reduce(h, hash);
    crypto_core_ed25519_scalar_mul(product, h, a);
    crypto_core_ed25519_scalar_add(signature + 32, product, r);
    return (r_torsion + (h[0] & 7) * key_torsion) % 8 == 0;
}

static void mixed_order(void)
{
    uint64_t random = 0x9E3779B97F4A7C15u;
    int exact = 0;
    int inexact = 0;
    for (int round = 0; round < 300; round++) {
        uint8_t key[32];
        uint8_t signature[64];
        uint8_t message[8];
        fill_random(&random, message, sizeof message);
        int holds = forge(&random, round % 8, round / 8 % 8, key, message, signature);
        CHECK(il_ed25519_verify(OUT(key), OUT(message), 8, OUT(signature)) == (holds ? IL_OK : IL_REFUSED), "round %d", round);
        exact += holds;
        inexact += !holds;
    }
    CHECK(exact > 30 && inexact > 150, "%d exact, %d inexact", exact, inexact);
}

/* With a key of small order every S would do: R = SB - hA is chosen so that the equation holds. */
static void small_order(void)
{
    int refused = 0;
    for (int k = 0; k < 8; k++) {
        uint8_t key[32];
        uint8_t message[8] = { 0 };
        uint8_t signature[64] = { 0 };
        multiple(key, k);
        for (int trial = 0; trial < 16; trial++) {
            message[0] = (uint8_t)trial;
            signature[32] = 9;
            CHECK(crypto_scalarmult_ed25519_base_noclamp(signature, signature + 32) == 0, "base");
            CHECK(il_ed25519_verify(OUT(key), OUT(message), 8, OUT(signature)) == IL_REFUSED, "key of small order %d", k);
            /* S = 0 and R the neutral element or another point of small order. */
            memset(signature, 0, 64);
            multiple(signature, trial % 8);
            CHECK(il_ed25519_verify(OUT(key), OUT(message), 8, OUT(signature)) == IL_REFUSED, "R of small order");
            refused++;
        }
    }
    CHECK(refused == 128, "%d", refused);
}

static void malleability(void)
{
    static const uint8_t group_order[32] = { 0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
                                             0x14, 0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
                                             0,    0x10 };
    uint8_t seed[32] = { 5 };
    uint8_t key[32];
    uint8_t message[3] = { 1, 2, 3 };
    uint8_t signature[64];
    CHECK(il_ed25519_public_key(OUT(seed), OUT(key)) == IL_OK && il_ed25519_sign(OUT(seed), OUT(key), OUT(message), 3, OUT(signature)) == IL_OK, "sign");
    CHECK(il_ed25519_verify(OUT(key), OUT(message), 3, OUT(signature)) == IL_OK, "verify");
    for (int times = 1; times < 8; times++) {
        unsigned carry = 0;
        for (int i = 0; i < 32; i++) {
            carry += (unsigned)signature[32 + i] + group_order[i];
            signature[32 + i] = (uint8_t)carry;
            carry >>= 8;
        }
        CHECK(il_ed25519_verify(OUT(key), OUT(message), 3, OUT(signature)) == IL_REFUSED, "S + %d L", times);
    }
    CHECK(il_ed25519_sign(OUT(seed), OUT(key), OUT(message), 3, OUT(signature)) == IL_OK, "sign");
    for (int bit = 0; bit < 512; bit++) {
        signature[bit / 8] ^= (uint8_t)(1 << (bit % 8));
        CHECK(il_ed25519_verify(OUT(key), OUT(message), 3, OUT(signature)) == IL_REFUSED, "bit %d", bit);
        signature[bit / 8] ^= (uint8_t)(1 << (bit % 8));
    }
}

/* What iroh accepts as an EndpointId: any 32 bytes that decompress. */
static void points(void)
{
    uint8_t id[32];
    memset(id, 0, 32);
    CHECK(il_ed25519_is_point(OUT(id)) == IL_OK, "00...");
    id[0] = 1;
    CHECK(il_ed25519_is_point(OUT(id)) == IL_OK, "01 00...");
    id[31] = 0x80;
    CHECK(il_ed25519_is_point(OUT(id)) == IL_OK, "01 00...80");
    memset(id, 0, 32);
    id[0] = 2;
    CHECK(il_ed25519_is_point(OUT(id)) == IL_REFUSED, "02 00...");
    memset(id, 0xff, 32);
    CHECK(il_ed25519_is_point(OUT(id)) == IL_OK, "ff...");
    uint64_t random = 4711;
    int on_curve = 0;
    for (int i = 0; i < 1000; i++) {
        fill_random(&random, id, 32);
        on_curve += il_ed25519_is_point(OUT(id)) == IL_OK;
    }
    CHECK(on_curve > 400 && on_curve < 600, "%d of 1000 random strings are points", on_curve);
}

/* The module's own curve arithmetic against libsodium's: sB - hA for random points and scalars, and honest signatures. */
static void second_opinion(void)
{
    uint64_t random = 20260;
    for (int round = 0; round < 500; round++) {
        uint8_t wide[64];
        uint8_t s[32];
        uint8_t h[32];
        uint8_t a[32];
        uint8_t expected[32];
        uint8_t product[32];
        uint8_t found[32];
        il_point point;
        fill_random(&random, wide, 64);
        crypto_core_ed25519_scalar_reduce(s, wide);
        fill_random(&random, wide, 64);
        crypto_core_ed25519_scalar_reduce(h, wide);
        fill_random(&random, wide, 32);
        if (round < 8) {
            memset(s, round & 1 ? 0 : s[0], 32); /* small and extreme scalars */
            s[0] = (uint8_t)(round + 1);
            s[31] = (uint8_t)(round & 2 ? 0x0f : 0);
        }
        CHECK(crypto_core_ed25519_from_uniform(a, wide) == 0, "point");
        CHECK(crypto_scalarmult_ed25519_base_noclamp(expected, s) == 0 && crypto_scalarmult_ed25519_noclamp(product, h, a) == 0 &&
                  crypto_core_ed25519_sub(expected, expected, product) == 0, "libsodium");
        CHECK(il_point_from_bytes(&point, a), "decompress");
        il_point_verify_sum(&point, s, h, &point);
        il_point_to_bytes(found, &point);
        CHECK(memcmp(found, expected, 32) == 0, "round %d", round);
        CHECK(il_point_from_bytes(&point, found), "decompress the sum");
        il_point_to_bytes(product, &point);
        CHECK(memcmp(product, found, 32) == 0, "compress and decompress");

        uint8_t key[32];
        uint8_t secret[64];
        uint8_t signature[64];
        CHECK(crypto_sign_ed25519_seed_keypair(key, secret, s) == 0 && crypto_sign_ed25519_detached(signature, NULL, wide, 64, secret) == 0, "sign");
        CHECK(il_ed25519_verify(OUT(key), OUT(wide), 64, OUT(signature)) == IL_OK, "honest signature %d", round);
        fill_random(&random, wide, 1);
        signature[wide[0] % 64] ^= (uint8_t)(1 + round % 255);
        CHECK(il_ed25519_verify(OUT(key), OUT(wide), 64, OUT(signature)) == IL_REFUSED, "changed signature %d", round);
    }
}

int main(void)
{
    second_opinion();
    mixed_order();
    small_order();
    malleability();
    points();
    return 0;
}
