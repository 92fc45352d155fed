#include "entries.h"

#include "irohlite_crypto.h"
#include "irohlite_services.h"

#define AT(i) r[i].array, r[i].size, r[i].offset
#define COUNTED(i) AT(i), r[i].count

static int32_t x25519_public_key(const struct region *r)
{
    return il_x25519_public_key(AT(0), AT(1));
}

static int32_t x25519_agree(const struct region *r)
{
    return il_x25519_agree(AT(0), AT(1), AT(2));
}

static int32_t ed25519_public_key(const struct region *r)
{
    return il_ed25519_public_key(AT(0), AT(1));
}

static int32_t ed25519_sign(const struct region *r)
{
    return il_ed25519_sign(AT(0), AT(1), COUNTED(2), AT(3));
}

static int32_t ed25519_verify(const struct region *r)
{
    return il_ed25519_verify(AT(0), COUNTED(1), AT(2));
}

static void make_signature(const struct region *r)
{
    uint8_t seed[32];
    for (int i = 0; i < 32; i++) {
        seed[i] = r[0].array[r[0].offset + i];
    }
    il_ed25519_public_key(seed, 32, 0, AT(0));
    il_ed25519_sign(seed, 32, 0, AT(0), COUNTED(1), AT(2));
}

static int32_t ed25519_is_point(const struct region *r)
{
    return il_ed25519_is_point(AT(0));
}

static int32_t sha256(const struct region *r)
{
    return il_sha256(COUNTED(0), AT(1));
}

static int32_t hmac_sha256(const struct region *r)
{
    return il_hmac_sha256(COUNTED(0), COUNTED(1), AT(2));
}

static int32_t hkdf_expand_label(const struct region *r)
{
    return il_hkdf_expand_label(AT(0), COUNTED(1), COUNTED(2), COUNTED(3));
}

static int32_t blake3_derive_key(const struct region *r)
{
    return il_blake3_derive_key(AT(0), COUNTED(1), AT(2));
}

static int32_t aes_gcm_seal(const struct region *r)
{
    return il_aes_gcm_seal(AT(0), AT(1), COUNTED(2), COUNTED(3));
}

static int32_t aes_gcm_open(const struct region *r)
{
    return il_aes_gcm_open(AT(0), AT(1), COUNTED(2), COUNTED(3));
}

static void make_sealed(const struct region *r)
{
    if (r[3].count >= 16) {
        il_aes_gcm_seal(AT(0), AT(1), COUNTED(2), AT(3), r[3].count - 16);
    }
}

static int32_t aes_encrypt_block(const struct region *r)
{
    return il_aes_encrypt_block(AT(0), AT(1), AT(2));
}

static int32_t equal(const struct region *r)
{
    return r[0].count == r[1].count ? il_equal(AT(0), AT(1), r[0].count) : IL_RANGE;
}

static int32_t wipe(const struct region *r)
{
    return il_wipe(COUNTED(0));
}

/* Creates and releases, so that the table stays as it was. */
static int32_t packet_keys_create(const struct region *r)
{
    int32_t keys = il_packet_keys_create(AT(0), 1);
    return keys > 0 ? il_packet_keys_release(keys) : keys;
}

static int32_t read_blob(const struct region *r)
{
    return il_node_read_blob(COUNTED(0), COUNTED(1));
}

static int32_t write_blob(const struct region *r)
{
    return il_node_write_blob(COUNTED(0), COUNTED(1));
}

static void make_name(const struct region *r)
{
    for (int32_t i = 0; i < r[0].count; i++) {
        r[0].array[r[0].offset + i] = (uint8_t)('a' + r[0].count % 2);
    }
}

const struct entry entries[] = {
    { "x25519_public_key", 2, { { "private_key", INPUT, 32, 32, 0 }, { "public_key", OUTPUT, 32, 32, 0 } },
      x25519_public_key, 0, 0, 1 },
    { "x25519_agree", 3,
      { { "private_key", INPUT, 32, 32, 0 }, { "peer_public", INPUT, 32, 32, 0 }, { "shared", OUTPUT, 32, 32, 0 } },
      x25519_agree, 0, 0, 1 },
    { "ed25519_public_key", 2, { { "seed", INPUT, 32, 32, 0 }, { "public_key", OUTPUT, 32, 32, 0 } },
      ed25519_public_key, 0, 0, 1 },
    { "ed25519_sign", 4,
      { { "seed", INPUT, 32, 32, 0 }, { "public_key", INPUT, 32, 32, 0 }, { "message", INPUT, 0, 150, 0 },
        { "signature", OUTPUT, 64, 64, 0 } },
      ed25519_sign, 0, 0, 1 },
    { "ed25519_verify", 3,
      { { "public_key", INPUT, 32, 32, 0 }, { "message", INPUT, 0, 150, 0 }, { "signature", INPUT, 64, 64, 0 } },
      ed25519_verify, make_signature, 0, 1 },
    { "ed25519_is_point", 1, { { "public_key", INPUT, 32, 32, 0 } }, ed25519_is_point, 0, 0, 1 },
    { "sha256", 2, { { "data", INPUT, 0, 200, 0 }, { "hash", OUTPUT, 32, 32, 0 } }, sha256, 0, 0, 0 },
    { "hmac_sha256", 3, { { "key", INPUT, 0, 70, 0 }, { "data", INPUT, 0, 140, 0 }, { "mac", OUTPUT, 32, 32, 0 } },
      hmac_sha256, 0, 0, 0 },
    { "hkdf_expand_label", 4,
      { { "secret", INPUT, 32, 32, 0 }, { "label", INPUT, 0, 24, 0 }, { "context", INPUT, 0, 32, 0 },
        { "output", OUTPUT, 0, 64, 0 } },
      hkdf_expand_label, 0, 1, 0 },
    { "blake3_derive_key", 3,
      { { "context_key", INPUT, 32, 32, 0 }, { "material", INPUT, 0, 64, 0 }, { "output", OUTPUT, 32, 32, 0 } },
      blake3_derive_key, 0, 1, 0 },
    { "aes_gcm_seal", 4,
      { { "key", INPUT, 16, 16, 0 }, { "nonce", INPUT, 12, 12, 0 }, { "aad", INPUT, 0, 40, 0 },
        { "buffer", IN_PLACE, 0, 70, 16 } },
      aes_gcm_seal, 0, 0, 0 },
    { "aes_gcm_open", 4,
      { { "key", INPUT, 16, 16, 0 }, { "nonce", INPUT, 12, 12, 0 }, { "aad", INPUT, 0, 40, 0 },
        { "buffer", IN_PLACE, 0, 86, 0 } },
      aes_gcm_open, make_sealed, 0, 0 },
    { "aes_encrypt_block", 3,
      { { "key", INPUT, 16, 16, 0 }, { "input", INPUT, 16, 16, 0 }, { "output", OUTPUT, 16, 16, 0 } },
      aes_encrypt_block, 0, 0, 0 },
    { "equal", 2, { { "a", INPUT, 0, 40, 0 }, { "b", INPUT, 0, 40, 0 } }, equal, 0, 0, 0 },
    { "wipe", 1, { { "memory", OUTPUT, 0, 70, 0 } }, wipe, 0, 0, 0 },
    { "packet_keys_create", 1, { { "secret", INPUT, 32, 32, 0 } }, packet_keys_create, 0, 0, 0 },
    { "read_blob", 2, { { "name", INPUT, 1, 15, 0 }, { "blob", OUTPUT, 1, 256, 0 } }, read_blob, make_name, 1, 0 },
    { "write_blob", 2, { { "name", INPUT, 1, 15, 0 }, { "blob", INPUT, 1, 256, 0 } }, write_blob, make_name, 1, 0 },
};

const int entry_count = (int)(sizeof entries / sizeof entries[0]);
