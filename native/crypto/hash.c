#include <string.h>

#include "internal.h"
#include "mbedtls_calls.h"

#define SHA256_BLOCK_BYTES 64
#define MAX_LABEL_BYTES 24
#define MAX_CONTEXT_BYTES 32
#define MAX_EXPAND_BYTES 64

struct il_piece {
    const uint8_t *data;
    size_t count;
};

/* SHA-256 over the concatenation of the pieces. */
static int32_t hash_pieces(const struct il_piece *pieces, int piece_count, uint8_t hash[IL_HASH_BYTES])
{
    mbedtls_sha256_context context;
    mbedtls_sha256_init(&context);
    int error = IL_SHA256_STARTS(&context, 0);
    for (int i = 0; i < piece_count && error == 0; i++) {
        error = IL_SHA256_UPDATE(&context, pieces[i].data, pieces[i].count);
    }
    if (error == 0) {
        error = IL_SHA256_FINISH(&context, hash);
    }
    mbedtls_sha256_free(&context);
    return error == 0 ? IL_OK : IL_BACKEND;
}

int32_t il_sha256_raw(const uint8_t *data, size_t count, uint8_t hash[IL_HASH_BYTES])
{
    const struct il_piece piece = { data, count };
    return hash_pieces(&piece, 1, hash);
}

/* RFC 2104: H((K ^ opad) || H((K ^ ipad) || data)); the mac may be one of the data pieces. */
static int32_t hmac_pieces(const uint8_t *key, size_t key_count, const struct il_piece *data, int data_pieces,
                           uint8_t mac[IL_HASH_BYTES])
{
    uint8_t pad[SHA256_BLOCK_BYTES] = { 0 };
    uint8_t inner[IL_HASH_BYTES];
    struct il_piece pieces[4];
    int32_t status = IL_OK;

    if (key_count > SHA256_BLOCK_BYTES) {
        status = il_sha256_raw(key, key_count, pad);
    } else {
        memcpy(pad, key, key_count);
    }
    if (status == IL_OK) {
        for (int i = 0; i < SHA256_BLOCK_BYTES; i++) {
            pad[i] ^= 0x36;
        }
        pieces[0] = (struct il_piece){ pad, sizeof pad };
        for (int i = 0; i < data_pieces; i++) {
            pieces[i + 1] = data[i];
        }
        status = hash_pieces(pieces, data_pieces + 1, inner);
    }
    if (status == IL_OK) {
        for (int i = 0; i < SHA256_BLOCK_BYTES; i++) {
            pad[i] ^= 0x36 ^ 0x5c;
        }
        pieces[1] = (struct il_piece){ inner, sizeof inner };
        status = hash_pieces(pieces, 2, mac);
    }
    il_wipe_local(pad, sizeof pad);
    il_wipe_local(inner, sizeof inner);
    return status;
}

int32_t il_expand_label_raw(const uint8_t secret[IL_KEY_BYTES], const uint8_t *label, size_t label_count,
                            const uint8_t *context, size_t context_count, uint8_t *output, size_t output_count)
{
    /* HkdfLabel of RFC 8446 section 7.1: length, label, context, the last two with a length byte. */
    uint8_t info[2 + 1 + MAX_LABEL_BYTES + 1 + MAX_CONTEXT_BYTES];
    size_t info_count = 0;
    info[info_count++] = (uint8_t)(output_count >> 8);
    info[info_count++] = (uint8_t)output_count;
    info[info_count++] = (uint8_t)label_count;
    memcpy(info + info_count, label, label_count);
    info_count += label_count;
    info[info_count++] = (uint8_t)context_count;
    memcpy(info + info_count, context, context_count);
    info_count += context_count;

    /* HKDF-Expand of RFC 5869: T(i) = HMAC(secret, T(i-1) || info || i). */
    uint8_t block[IL_HASH_BYTES];
    uint8_t counter = 0;
    size_t done = 0;
    int32_t status = IL_OK;
    while (done < output_count && status == IL_OK) {
        counter++;
        const struct il_piece pieces[3] = {
            { block, counter == 1 ? 0 : sizeof block }, { info, info_count }, { &counter, 1 }
        };
        status = hmac_pieces(secret, IL_KEY_BYTES, pieces, 3, block);
        if (status == IL_OK) {
            size_t take = output_count - done < sizeof block ? output_count - done : sizeof block;
            memcpy(output + done, block, take);
            done += take;
        }
    }
    il_wipe_local(block, sizeof block);
    return status;
}

int32_t il_sha256(IL_IN(data), int32_t data_count, IL_OUT(hash))
{
    uint8_t result[IL_HASH_BYTES];
    IL_REQUIRE(data, data_count);
    IL_REQUIRE(hash, IL_HASH_BYTES);
    int32_t status = il_sha256_raw(IL_AT(data), (size_t)data_count, result);
    if (status == IL_OK) {
        memcpy(IL_OUT_AT(hash), result, sizeof result);
    }
    il_wipe_local(result, sizeof result);
    return status;
}

int32_t il_hmac_sha256(IL_IN(key), int32_t key_count, IL_IN(data), int32_t data_count, IL_OUT(mac))
{
    uint8_t result[IL_HASH_BYTES];
    IL_REQUIRE(key, key_count);
    IL_REQUIRE(data, data_count);
    IL_REQUIRE(mac, IL_HASH_BYTES);
    const struct il_piece piece = { IL_AT(data), (size_t)data_count };
    int32_t status = hmac_pieces(IL_AT(key), (size_t)key_count, &piece, 1, result);
    if (status == IL_OK) {
        memcpy(IL_OUT_AT(mac), result, sizeof result);
    }
    il_wipe_local(result, sizeof result);
    return status;
}

int32_t il_hkdf_expand_label(IL_IN(secret), IL_IN(label), int32_t label_count, IL_IN(context), int32_t context_count,
                             IL_OUT(output), int32_t output_count)
{
    uint8_t result[MAX_EXPAND_BYTES];
    if (label_count > MAX_LABEL_BYTES || context_count > MAX_CONTEXT_BYTES || output_count > MAX_EXPAND_BYTES) {
        return IL_RANGE;
    }
    IL_REQUIRE(secret, IL_KEY_BYTES);
    IL_REQUIRE(label, label_count);
    IL_REQUIRE(context, context_count);
    IL_REQUIRE(output, output_count);
    int32_t status = il_expand_label_raw(IL_AT(secret), IL_AT(label), (size_t)label_count, IL_AT(context),
                                         (size_t)context_count, result, (size_t)output_count);
    if (status == IL_OK && output_count > 0) {
        memcpy(IL_OUT_AT(output), result, (size_t)output_count);
    }
    il_wipe_local(result, sizeof result);
    return status;
}
