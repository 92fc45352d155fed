#include <string.h>

#include "internal.h"
#include "mbedtls_calls.h"

static int overlap(const uint8_t *a, int32_t a_count, const uint8_t *b, int32_t b_count)
{
    uintptr_t a_start = (uintptr_t)a;
    uintptr_t b_start = (uintptr_t)b;
    return a_count > 0 && b_count > 0 && a_start < b_start + (uintptr_t)b_count && b_start < a_start + (uintptr_t)a_count;
}

/* Keys a context; a used one must not be keyed again (the ESP32 port would keep the old hash key). */
static int32_t gcm_begin(mbedtls_gcm_context *context, const uint8_t *key)
{
    mbedtls_gcm_init(context);
    return mbedtls_gcm_setkey(context, MBEDTLS_CIPHER_ID_AES, key, 128) == 0 ? IL_OK : IL_BACKEND;
}

int32_t il_aes_gcm_seal(IL_IN(key), IL_IN(nonce), IL_IN(aad), int32_t aad_count, IL_OUT(buffer), int32_t buffer_count)
{
    mbedtls_gcm_context context;
    uint8_t iv[IL_NONCE_BYTES];
    uint8_t tag[IL_TAG_BYTES];
    if (buffer_count < 0 || buffer_count > INT32_MAX - IL_TAG_BYTES) {
        return IL_RANGE;
    }
    IL_REQUIRE(key, IL_AES_KEY_BYTES);
    IL_REQUIRE(nonce, IL_NONCE_BYTES);
    IL_REQUIRE(aad, aad_count);
    IL_REQUIRE(buffer, buffer_count + IL_TAG_BYTES);
    uint8_t *text = IL_OUT_AT(buffer);
    if (overlap(IL_AT(aad), aad_count, text, buffer_count + IL_TAG_BYTES)) {
        return IL_OVERLAP;
    }
    memcpy(iv, IL_AT(nonce), sizeof iv);
    int32_t status = gcm_begin(&context, IL_AT(key));
    if (status == IL_OK && mbedtls_gcm_crypt_and_tag(&context, MBEDTLS_GCM_ENCRYPT, (size_t)buffer_count, iv, sizeof iv,
                                                     IL_AT(aad), (size_t)aad_count, text, text, sizeof tag, tag) != 0) {
        status = IL_BACKEND;
    }
    mbedtls_gcm_free(&context);
    if (status == IL_OK) {
        memcpy(text + buffer_count, tag, sizeof tag);
    }
    return status;
}

int32_t il_aes_gcm_open(IL_IN(key), IL_IN(nonce), IL_IN(aad), int32_t aad_count, IL_OUT(buffer), int32_t buffer_count)
{
    mbedtls_gcm_context context;
    uint8_t iv[IL_NONCE_BYTES];
    uint8_t tag[IL_TAG_BYTES];
    IL_REQUIRE(key, IL_AES_KEY_BYTES);
    IL_REQUIRE(nonce, IL_NONCE_BYTES);
    IL_REQUIRE(aad, aad_count);
    IL_REQUIRE(buffer, buffer_count);
    if (buffer_count < IL_TAG_BYTES) {
        return IL_REFUSED;
    }
    uint8_t *text = IL_OUT_AT(buffer);
    if (overlap(IL_AT(aad), aad_count, text, buffer_count)) {
        return IL_OVERLAP;
    }
    memcpy(iv, IL_AT(nonce), sizeof iv);
    size_t text_count = (size_t)(buffer_count - IL_TAG_BYTES);
    memcpy(tag, text + text_count, sizeof tag);
    int32_t status = gcm_begin(&context, IL_AT(key));
    if (status == IL_OK) {
        int error = mbedtls_gcm_auth_decrypt(&context, text_count, iv, sizeof iv, IL_AT(aad), (size_t)aad_count, tag,
                                             sizeof tag, text, text);
        status = error == 0 ? IL_OK : error == MBEDTLS_ERR_GCM_AUTH_FAILED ? IL_REFUSED : IL_BACKEND;
    }
    mbedtls_gcm_free(&context);
    if (status != IL_OK) {
        il_wipe_local(text, text_count);
    }
    return status;
}

int32_t il_aes_encrypt_block(IL_IN(key), IL_IN(input), IL_OUT(output))
{
    mbedtls_aes_context context;
    uint8_t result[IL_BLOCK_BYTES];
    IL_REQUIRE(key, IL_AES_KEY_BYTES);
    IL_REQUIRE(input, IL_BLOCK_BYTES);
    IL_REQUIRE(output, IL_BLOCK_BYTES);
    mbedtls_aes_init(&context);
    int error = mbedtls_aes_setkey_enc(&context, IL_AT(key), 128);
    if (error == 0) {
        error = mbedtls_aes_crypt_ecb(&context, MBEDTLS_AES_ENCRYPT, IL_AT(input), result);
    }
    mbedtls_aes_free(&context);
    if (error == 0) {
        memcpy(IL_OUT_AT(output), result, sizeof result);
    }
    return error == 0 ? IL_OK : IL_BACKEND;
}
