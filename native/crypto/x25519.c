#include <string.h>

#include <sodium/crypto_scalarmult_curve25519.h>

#include "internal.h"

int32_t il_x25519_public_key(IL_IN(private_key), IL_OUT(public_key))
{
    uint8_t result[32];
    IL_REQUIRE(private_key, IL_KEY_BYTES);
    IL_REQUIRE(public_key, IL_KEY_BYTES);
    int error = crypto_scalarmult_curve25519_base(result, IL_AT(private_key));
    if (error == 0) {
        memcpy(IL_OUT_AT(public_key), result, sizeof result);
    }
    return error == 0 ? IL_OK : IL_BACKEND;
}

int32_t il_x25519_agree(IL_IN(private_key), IL_IN(peer_public), IL_OUT(shared))
{
    uint8_t result[32] = { 0 };
    uint8_t seen = 0;
    IL_REQUIRE(private_key, IL_KEY_BYTES);
    IL_REQUIRE(peer_public, IL_KEY_BYTES);
    IL_REQUIRE(shared, IL_KEY_BYTES);
    /* libsodium refuses points of small order itself; the zero test does not depend on that. */
    int error = crypto_scalarmult_curve25519(result, IL_AT(private_key), IL_AT(peer_public));
    for (int i = 0; i < 32; i++) {
        seen |= result[i];
    }
    int32_t status = error == 0 && seen != 0 ? IL_OK : IL_REFUSED;
    if (status == IL_OK) {
        memcpy(IL_OUT_AT(shared), result, sizeof result);
    }
    il_wipe_local(result, sizeof result);
    return status;
}
