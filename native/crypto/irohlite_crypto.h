/*
 * The cryptography an IrohLite endpoint needs, as C calls for the firmware image and for the PC.
 *
 * Rules that hold for every call:
 *
 *  - Arguments. A byte region is (array, array size, offset), written IL_IN(name) or IL_OUT(name) below; its length is fixed
 *    by the call, or follows as name_count. The call checks every region before it reads or writes anything: a NULL array
 *    gives IL_NULL, a region that does not lie inside its array (negative numbers and overflow included) IL_RANGE. An empty
 *    region (count 0, offset 0) may have a NULL array.
 *  - Result. IL_OK or a value >= 0 on success, else one of the negative codes below. Unless a call says otherwise, nothing
 *    is written when the result is not IL_OK.
 *  - Aliasing. Inputs and outputs may overlap in any way unless a call says otherwise: results are built in local memory
 *    and copied out last.
 *  - Memory. No call allocates, blocks or keeps a pointer. (The software AES-GCM of mbedTLS allocates about 300 bytes inside
 *    mbedtls_gcm_setkey; the ESP32 port of ESP-IDF does not.) Secrets in local memory are wiped before return.
 *  - Stack. "Stack" is the deepest use measured on Xtensa, libraries included, rounded up; native/README.md has the table.
 *  - Threads. Calls on different key handles may run at the same time on the PC; on the device one task makes all calls.
 */
#ifndef IROHLITE_CRYPTO_H
#define IROHLITE_CRYPTO_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Result codes. The managed side repeats these numbers in NativeStatus.cs. */
#define IL_OK 0
#define IL_REFUSED (-1)  /* not authentic, wrong signature, no curve point, all-zero shared secret, nothing stored */
#define IL_RANGE (-2)    /* a region or number outside its bounds */
#define IL_NULL (-3)     /* an array is missing */
#define IL_OVERLAP (-4)  /* regions overlap that must not */
#define IL_NO_SLOT (-5)  /* the packet key table is full */
#define IL_HANDLE (-6)   /* not a live packet key handle */
#define IL_STATE (-7)    /* the keys behind the handle cannot do this */
#define IL_BACKEND (-8)  /* mbedTLS, libsodium or the platform reported a failure of its own */

#define IL_IN(name) const uint8_t *name, int32_t name##_size, int32_t name##_offset
#define IL_OUT(name) uint8_t *name, int32_t name##_size, int32_t name##_offset

/* Slots of the packet key table: a connection in its handshake holds up to 6, an established one 2. A slot takes about 800 bytes of
 * RAM with the software AES of mbedTLS 2.28, less with the ESP32's unit. */
#ifndef IL_PACKET_KEY_SLOTS
#define IL_PACKET_KEY_SLOTS 24
#endif

/* ---- X25519 (RFC 7748). Stack: 1.8 KB. */

/* private_key 32 in, public_key 32 out. */
int32_t il_x25519_public_key(IL_IN(private_key), IL_OUT(public_key));

/* private_key 32, peer_public 32 in, shared 32 out. IL_REFUSED when the shared secret is all zero (RFC 8446 section 7.4.2). */
int32_t il_x25519_agree(IL_IN(private_key), IL_IN(peer_public), IL_OUT(shared));

/* ---- Ed25519 (RFC 8032). Stack: 4.9 KB (verify), 2.3 KB (others). */

/* seed 32 in, public_key 32 out. */
int32_t il_ed25519_public_key(IL_IN(seed), IL_OUT(public_key));

/* seed 32, public_key 32 (must be the seed's own: a foreign one would leak the seed through the signature), message in,
 * signature 64 out. */
int32_t il_ed25519_sign(IL_IN(seed), IL_IN(public_key), IL_IN(message), int32_t message_count, IL_OUT(signature));

/* public_key 32, message, signature 64 in. Strict: IL_REFUSED for S >= L, for a key or R of small order or no curve point,
 * and unless R = sB - hA holds exactly, without multiplying by the cofactor. */
int32_t il_ed25519_verify(IL_IN(public_key), IL_IN(message), int32_t message_count, IL_IN(signature));

/* public_key 32 in. IL_OK when it decompresses to a curve point (small order and non-canonical encodings included, as in
 * iroh), else IL_REFUSED. */
int32_t il_ed25519_is_point(IL_IN(public_key));

/* ---- Hashes. Stack: 1.1 KB. */

/* SHA-256 (FIPS 180-4): hash 32 out. */
int32_t il_sha256(IL_IN(data), int32_t data_count, IL_OUT(hash));

/* HMAC-SHA-256 (RFC 2104): mac 32 out. HKDF-Extract (RFC 5869) is this call with the salt as key. */
int32_t il_hmac_sha256(IL_IN(key), int32_t key_count, IL_IN(data), int32_t data_count, IL_OUT(mac));

/* HKDF-Expand-Label (RFC 8446 section 7.1): secret 32, label 0..24 bytes (the whole label, "tls13 " included), context 0..32
 * in, output 0..64 out; longer ones IL_RANGE. */
int32_t il_hkdf_expand_label(IL_IN(secret), IL_IN(label), int32_t label_count, IL_IN(context), int32_t context_count,
                             IL_OUT(output), int32_t output_count);

/* BLAKE3 derive_key of one block: context_key 32 (the hash of the context string), material 0..64 in, output 32 out. */
int32_t il_blake3_derive_key(IL_IN(context_key), IL_IN(material), int32_t material_count, IL_OUT(output));

/* ---- AES-128. Stack: 0.8 KB. */

/* AES-128-GCM: key 16, nonce 12, aad in; count bytes of buffer are encrypted in place and the tag is written into the 16
 * bytes behind them, which must exist. The aad must not overlap those count + 16 bytes: IL_OVERLAP. */
int32_t il_aes_gcm_seal(IL_IN(key), IL_IN(nonce), IL_IN(aad), int32_t aad_count, IL_OUT(buffer), int32_t buffer_count);

/* As above; buffer_count includes the tag and buffer_count - 16 bytes are decrypted in place. IL_REFUSED when there is no room
 * for a tag, or when it is wrong; those bytes are then zero. */
int32_t il_aes_gcm_open(IL_IN(key), IL_IN(nonce), IL_IN(aad), int32_t aad_count, IL_OUT(buffer), int32_t buffer_count);

/* AES-128 on one block (ECB): key 16, input 16 in, output 16 out. */
int32_t il_aes_encrypt_block(IL_IN(key), IL_IN(input), IL_OUT(output));

/* ---- Packet keys (RFC 9001 section 5 and 6). Stack: 1.1 KB. A handle is > 0, and is not reused soon after its release. */

/* secret 32 in. Derives "quic key", "quic iv" and "quic hp", and with updatable != 0 also the next generation. Returns the
 * handle; IL_NO_SLOT when all IL_PACKET_KEY_SLOTS are taken. */
int32_t il_packet_keys_create(IL_IN(secret), int32_t updatable);

/* Key update: current becomes previous, next becomes current, a new next is derived; the header key stays.
 * first_packet_number (0..2^62-1) is the first packet of the new phase. IL_STATE when not updatable. After IL_BACKEND the
 * handle is good for its release only. */
int32_t il_packet_keys_rotate(int32_t keys, int64_t first_packet_number);

/* Wipes the previous generation; IL_OK also when there is none. */
int32_t il_packet_keys_drop_previous(int32_t keys);

/* Wipes everything and frees the slot. */
int32_t il_packet_keys_release(int32_t keys);

/* The number of taken slots. */
int32_t il_packet_keys_in_use(void);

/* Opens a packet of buffer in place; the packet is [packet_offset, packet_end), its packet number field starts at
 * packet_number_offset. largest_received is -1 or the largest packet number received in this space. `opened` points to
 * opened_count >= 3 longs (any alignment), which receive the packet number, the offset of the payload, and the generation
 * used (0 previous, 1 current, 2 next). A short header of the other key phase is opened with the previous keys when they are
 * kept and its number is below the current phase, else with the next ones. Returns the payload's length, or IL_REFUSED (too
 * short, or not authentic; then header and payload bytes are lost). Keys that are not current are set up for the packet, which
 * takes about 4,000 instructions with software AES: the time tells the key phase bit, nothing else. */
int32_t il_packet_open(int32_t keys, uint8_t *buffer, int32_t buffer_size, int32_t packet_offset, int32_t packet_number_offset,
                       int32_t packet_end, int64_t largest_received, void *opened, int32_t opened_count);

/* Seals a packet of buffer in place: header [packet_offset, payload_offset) with the packet number in clear, payload
 * [payload_offset, payload_end), 16 free bytes behind it. IL_RANGE unless the packet number field has 1..4 bytes and, with
 * the payload, at least 4 (RFC 9001 section 5.4.2). Returns payload_end + 16. */
int32_t il_packet_seal(int32_t keys, uint8_t *buffer, int32_t buffer_size, int32_t packet_offset, int32_t packet_number_offset,
                       int32_t payload_offset, int32_t payload_end, int64_t packet_number);

/* ---- Memory. */

/* IL_OK when count bytes are equal, else IL_REFUSED, in time that depends on count only. */
int32_t il_equal(IL_IN(a), IL_IN(b), int32_t count);

/* Overwrites count bytes with zero; never optimised away. */
int32_t il_wipe(IL_OUT(memory), int32_t memory_count);

#ifdef __cplusplus
}
#endif

#endif
