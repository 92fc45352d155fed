#include <string.h>

#include "packet_keys.h"

#define MAX_PACKET_NUMBER ((INT64_C(1) << 62) - 1)
#define MAX_NUMBER_BYTES 4
#define LONG_HEADER 0x80u
#define LONG_HEADER_MASK 0x0fu
#define SHORT_HEADER_MASK 0x1fu
#define NUMBER_LENGTH_MASK 0x03u
#define KEY_PHASE_BIT 0x04u

/* RFC 9001 section 5.4.1: the first byte's protected bits; the sample stands 4 bytes behind the packet number's start. */
static int32_t header_mask(struct il_packet_keys *slot, const uint8_t *number, uint8_t mask[IL_BLOCK_BYTES])
{
    int error = mbedtls_aes_crypt_ecb(&slot->header, MBEDTLS_AES_ENCRYPT, number + MAX_NUMBER_BYTES, mask);
    return error == 0 ? IL_OK : IL_BACKEND;
}

static uint8_t first_byte_mask(uint8_t first)
{
    return (first & LONG_HEADER) != 0 ? LONG_HEADER_MASK : SHORT_HEADER_MASK;
}

/* RFC 9000 appendix A.3. */
static int64_t recover_number(int64_t largest, int64_t truncated, int number_bytes)
{
    int64_t expected = largest + 1;
    int64_t window = INT64_C(1) << (8 * number_bytes);
    int64_t candidate = (expected & ~(window - 1)) | truncated;
    if (candidate <= expected - window / 2 && candidate <= MAX_PACKET_NUMBER - window) {
        return candidate + window;
    }
    if (candidate > expected + window / 2 && candidate >= window) {
        return candidate - window;
    }
    return candidate;
}

/* RFC 9001 section 5.3: the initialisation vector xor the packet number. */
static void make_nonce(const struct il_aead_key *aead, int64_t number, uint8_t nonce[IL_NONCE_BYTES])
{
    memcpy(nonce, aead->iv, IL_NONCE_BYTES);
    for (int i = 0; i < 8; i++) {
        nonce[IL_NONCE_BYTES - 1 - i] ^= (uint8_t)(number >> (8 * i));
    }
}

/* RFC 9001 section 6.5: which generation a short header's key phase means. A packet of the other phase is late when its number is
 * below this phase, else an update. One whose keys are gone is tried with the next ones: refused unopened, it would tell by the time
 * that its bit was wrong (section 6.3). */
static int choose_generation(const struct il_packet_keys *slot, uint8_t first, int64_t number)
{
    uint8_t phase = (first & KEY_PHASE_BIT) != 0;
    if ((first & LONG_HEADER) != 0 || slot->updatable == 0 || phase == slot->phase) {
        return IL_CURRENT;
    }
    return slot->has_previous != 0 && number < slot->first_packet_number ? IL_PREVIOUS : IL_NEXT;
}

static int32_t decrypt(mbedtls_gcm_context *gcm, const struct il_aead_key *aead, int64_t number, const uint8_t *header,
                       size_t header_count, uint8_t *payload, size_t payload_count)
{
    uint8_t nonce[IL_NONCE_BYTES];
    make_nonce(aead, number, nonce);
    int error = mbedtls_gcm_auth_decrypt(gcm, payload_count, nonce, sizeof nonce, header, header_count,
                                         payload + payload_count, IL_TAG_BYTES, payload, payload);
    return error == 0 ? IL_OK : error == MBEDTLS_ERR_GCM_AUTH_FAILED ? IL_REFUSED : IL_BACKEND;
}

/* A generation that is not the current one is keyed for this packet only: around a key update, a few packets. */
static int32_t decrypt_other(const struct il_aead_key *aead, int64_t number, const uint8_t *header, size_t header_count,
                             uint8_t *payload, size_t payload_count)
{
    mbedtls_gcm_context gcm;
    mbedtls_gcm_init(&gcm);
    int32_t status = IL_BACKEND;
    if (mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, aead->key, 128) == 0) {
        status = decrypt(&gcm, aead, number, header, header_count, payload, payload_count);
    }
    mbedtls_gcm_free(&gcm);
    return status;
}

int32_t il_packet_open(int32_t keys, uint8_t *buffer, int32_t buffer_size, int32_t packet_offset, int32_t packet_number_offset,
                       int32_t packet_end, int64_t largest_received, void *opened, int32_t opened_count)
{
    uint8_t mask[IL_BLOCK_BYTES];
    struct il_packet_keys *slot = il_packet_keys_find(keys);
    if (slot == NULL) {
        return IL_HANDLE;
    }
    if (buffer == NULL || opened == NULL) {
        return IL_NULL;
    }
    if (packet_offset < 0 || packet_number_offset <= packet_offset || packet_end < packet_number_offset ||
        packet_end > buffer_size || opened_count < 3 || largest_received < -1 || largest_received > MAX_PACKET_NUMBER) {
        return IL_RANGE;
    }
    if (packet_end - packet_number_offset < MAX_NUMBER_BYTES + IL_TAG_BYTES) {
        return IL_REFUSED;
    }

    uint8_t *packet = buffer + packet_offset;
    uint8_t *number_field = buffer + packet_number_offset;
    int32_t status = header_mask(slot, number_field, mask);
    if (status != IL_OK) {
        return status;
    }
    packet[0] ^= mask[0] & first_byte_mask(packet[0]);
    int number_bytes = (int)(packet[0] & NUMBER_LENGTH_MASK) + 1;
    int64_t truncated = 0;
    for (int i = 0; i < number_bytes; i++) {
        number_field[i] ^= mask[1 + i];
        truncated = truncated << 8 | number_field[i];
    }
    int64_t number = recover_number(largest_received, truncated, number_bytes);
    if (number > MAX_PACKET_NUMBER) {
        return IL_REFUSED;
    }

    int generation = choose_generation(slot, packet[0], number);
    int32_t payload_offset = packet_number_offset + number_bytes;
    int32_t payload_count = packet_end - payload_offset - IL_TAG_BYTES;
    size_t header_count = (size_t)(payload_offset - packet_offset);
    const struct il_aead_key *aead = &slot->generation[generation];
    uint8_t *payload = buffer + payload_offset;
    status = generation == IL_CURRENT
        ? decrypt(&slot->gcm, aead, number, packet, header_count, payload, (size_t)payload_count)
        : decrypt_other(aead, number, packet, header_count, payload, (size_t)payload_count);
    if (status != IL_OK) {
        return status;
    }
    const int64_t results[3] = { number, payload_offset, generation };
    memcpy(opened, results, sizeof results);
    return payload_count;
}

int32_t il_packet_seal(int32_t keys, uint8_t *buffer, int32_t buffer_size, int32_t packet_offset, int32_t packet_number_offset,
                       int32_t payload_offset, int32_t payload_end, int64_t packet_number)
{
    uint8_t mask[IL_BLOCK_BYTES];
    uint8_t nonce[IL_NONCE_BYTES];
    uint8_t tag[IL_TAG_BYTES];
    struct il_packet_keys *slot = il_packet_keys_find(keys);
    if (slot == NULL) {
        return IL_HANDLE;
    }
    if (buffer == NULL) {
        return IL_NULL;
    }
    if (packet_offset < 0 || packet_number_offset <= packet_offset || payload_offset <= packet_number_offset ||
        payload_offset - packet_number_offset > MAX_NUMBER_BYTES || payload_end < payload_offset ||
        payload_end - packet_number_offset < MAX_NUMBER_BYTES || payload_end > INT32_MAX - IL_TAG_BYTES ||
        payload_end + IL_TAG_BYTES > buffer_size || packet_number < 0 || packet_number > MAX_PACKET_NUMBER) {
        return IL_RANGE;
    }

    uint8_t *packet = buffer + packet_offset;
    uint8_t *number_field = buffer + packet_number_offset;
    uint8_t *payload = buffer + payload_offset;
    size_t payload_count = (size_t)(payload_end - payload_offset);
    make_nonce(&slot->generation[IL_CURRENT], packet_number, nonce);
    if (mbedtls_gcm_crypt_and_tag(&slot->gcm, MBEDTLS_GCM_ENCRYPT, payload_count, nonce, sizeof nonce, packet,
                                  (size_t)(payload_offset - packet_offset), payload, payload, sizeof tag, tag) != 0) {
        return IL_BACKEND;
    }
    memcpy(payload + payload_count, tag, sizeof tag);
    int32_t status = header_mask(slot, number_field, mask);
    if (status != IL_OK) {
        return status;
    }
    packet[0] ^= mask[0] & first_byte_mask(packet[0]);
    for (int i = 0; i < payload_offset - packet_number_offset; i++) {
        number_field[i] ^= mask[1 + i];
    }
    return payload_end + IL_TAG_BYTES;
}
