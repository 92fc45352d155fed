#include <string.h>

#include "packet_keys.h"

#ifdef IL_HOST_THREADS
#include <pthread.h>
static pthread_mutex_t table_mutex = PTHREAD_MUTEX_INITIALIZER;
#define LOCK_TABLE() pthread_mutex_lock(&table_mutex)
#define UNLOCK_TABLE() pthread_mutex_unlock(&table_mutex)
#else
/* On the device one task makes all calls. */
#define LOCK_TABLE() ((void)0)
#define UNLOCK_TABLE() ((void)0)
#endif

_Static_assert(IL_PACKET_KEY_SLOTS > 0 && IL_PACKET_KEY_SLOTS < 0xffff, "a slot number has 16 bits in the handle");

static struct il_packet_keys table[IL_PACKET_KEY_SLOTS];
static int32_t used_slots;

/* Slots are reused as late as possible, so that stale handles are noticed, but within a ring of at least twice the slots in use
 * that grows with need: of a large table on a computer only so much memory is ever touched. */
enum { FIRST_RING_SLOTS = 32 };
static int32_t ring_slots;
static int32_t next_slot; /* where the search starts */

static const uint8_t label_key[] = "tls13 quic key";
static const uint8_t label_iv[] = "tls13 quic iv";
static const uint8_t label_header[] = "tls13 quic hp";
static const uint8_t label_update[] = "tls13 quic ku";

#define EXPAND(secret, label, output) il_expand_label_raw(secret, label, sizeof(label) - 1, label, 0, output, sizeof(output))

static int32_t derive_aead(const uint8_t *secret, struct il_aead_key *aead)
{
    int32_t status = EXPAND(secret, label_key, aead->key);
    return status == IL_OK ? EXPAND(secret, label_iv, aead->iv) : status;
}

/* next_secret and the next generation from the current secret. */
static int32_t derive_next(struct il_packet_keys *slot, const uint8_t *secret)
{
    uint8_t next[IL_KEY_BYTES];
    int32_t status = EXPAND(secret, label_update, next);
    if (status == IL_OK) {
        memcpy(slot->next_secret, next, sizeof next);
        status = derive_aead(slot->next_secret, &slot->generation[IL_NEXT]);
    }
    il_wipe_local(next, sizeof next);
    return status;
}

static int32_t key_current(struct il_packet_keys *slot)
{
    mbedtls_gcm_init(&slot->gcm);
    int error = mbedtls_gcm_setkey(&slot->gcm, MBEDTLS_CIPHER_ID_AES, slot->generation[IL_CURRENT].key, 128);
    return error == 0 ? IL_OK : IL_BACKEND;
}

static int32_t fill_slot(struct il_packet_keys *slot, const uint8_t *secret)
{
    uint8_t header_key[IL_AES_KEY_BYTES];
    mbedtls_gcm_init(&slot->gcm);
    mbedtls_aes_init(&slot->header);
    int32_t status = derive_aead(secret, &slot->generation[IL_CURRENT]);
    if (status == IL_OK) {
        status = EXPAND(secret, label_header, header_key);
    }
    if (status == IL_OK && mbedtls_aes_setkey_enc(&slot->header, header_key, 128) != 0) {
        status = IL_BACKEND;
    }
    if (status == IL_OK) {
        status = key_current(slot);
    }
    if (status == IL_OK && slot->updatable != 0) {
        status = derive_next(slot, secret);
    }
    il_wipe_local(header_key, sizeof header_key);
    return status;
}

static int32_t take_slot(void)
{
    int32_t found = IL_NO_SLOT;
    LOCK_TABLE();
    if (2 * used_slots >= ring_slots && ring_slots < IL_PACKET_KEY_SLOTS) {
        next_slot = ring_slots;
        ring_slots = ring_slots == 0 ? FIRST_RING_SLOTS : 2 * ring_slots;
        if (ring_slots > IL_PACKET_KEY_SLOTS) {
            ring_slots = IL_PACKET_KEY_SLOTS;
        }
    }
    for (int32_t i = 0; i < ring_slots && found < 0; i++) {
        int32_t candidate = (next_slot + i) % ring_slots;
        if (table[candidate].in_use == 0) {
            found = candidate;
        }
    }
    if (found >= 0) {
        table[found].in_use = 1;
        table[found].serial = (uint16_t)((table[found].serial + 1u) & 0x7fffu);
        next_slot = (found + 1) % ring_slots;
        used_slots++;
    }
    UNLOCK_TABLE();
    return found;
}

static void free_slot(struct il_packet_keys *slot)
{
    uint16_t serial = slot->serial;
    mbedtls_gcm_free(&slot->gcm);
    mbedtls_aes_free(&slot->header);
    LOCK_TABLE();
    il_wipe_local(slot, sizeof *slot);
    slot->serial = serial;
    used_slots--;
    UNLOCK_TABLE();
}

struct il_packet_keys *il_packet_keys_find(int32_t keys)
{
    int32_t index = (keys & 0xffff) - 1;
    if (keys <= 0 || index < 0 || index >= IL_PACKET_KEY_SLOTS) {
        return NULL;
    }
    struct il_packet_keys *slot = &table[index];
    return slot->in_use != 0 && slot->serial == keys >> 16 ? slot : NULL;
}

int32_t il_packet_keys_create(IL_IN(secret), int32_t updatable)
{
    IL_REQUIRE(secret, IL_KEY_BYTES);
    int32_t index = take_slot();
    if (index < 0) {
        return index;
    }
    struct il_packet_keys *slot = &table[index];
    slot->updatable = updatable != 0;
    int32_t status = fill_slot(slot, IL_AT(secret));
    if (status != IL_OK) {
        free_slot(slot);
        return status;
    }
    return (int32_t)slot->serial << 16 | (index + 1);
}

int32_t il_packet_keys_rotate(int32_t keys, int64_t first_packet_number)
{
    struct il_packet_keys *slot = il_packet_keys_find(keys);
    if (slot == NULL) {
        return IL_HANDLE;
    }
    if (slot->updatable == 0) {
        return IL_STATE;
    }
    if (first_packet_number < 0 || first_packet_number >= INT64_C(1) << 62) {
        return IL_RANGE;
    }
    slot->generation[IL_PREVIOUS] = slot->generation[IL_CURRENT];
    slot->generation[IL_CURRENT] = slot->generation[IL_NEXT];
    slot->has_previous = 1;
    slot->phase ^= 1;
    slot->first_packet_number = first_packet_number;
    mbedtls_gcm_free(&slot->gcm);
    int32_t status = key_current(slot);
    return status == IL_OK ? derive_next(slot, slot->next_secret) : status;
}

int32_t il_packet_keys_drop_previous(int32_t keys)
{
    struct il_packet_keys *slot = il_packet_keys_find(keys);
    if (slot == NULL) {
        return IL_HANDLE;
    }
    slot->has_previous = 0;
    il_wipe_local(&slot->generation[IL_PREVIOUS], sizeof slot->generation[IL_PREVIOUS]);
    return IL_OK;
}

int32_t il_packet_keys_release(int32_t keys)
{
    struct il_packet_keys *slot = il_packet_keys_find(keys);
    if (slot == NULL) {
        return IL_HANDLE;
    }
    free_slot(slot);
    return IL_OK;
}

int32_t il_packet_keys_in_use(void)
{
    LOCK_TABLE();
    int32_t used = used_slots;
    UNLOCK_TABLE();
    return used;
}
