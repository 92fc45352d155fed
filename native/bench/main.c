/* Prints, for every call of the module, the cycle counter's difference and the depth of stack it used. */
#include <stddef.h>
#include <stdint.h>

#include <mbedtls/aes.h>

#include "irohlite_crypto.h"

#define STACK_PAINT_BYTES 32768

static uint32_t cycles(void)
{
    uint32_t value;
    __asm__ volatile("rsr.ccount %0" : "=r"(value) : : "memory");
    return value;
}

/* Simcall 4: write to the console. */
static void print(const char *text)
{
    size_t length = 0;
    while (text[length] != 0) {
        length++;
    }
    register long number __asm__("a2") = 4;
    register long file __asm__("a3") = 1;
    register const char *data __asm__("a4") = text;
    register size_t count __asm__("a5") = length;
    __asm__ volatile(".byte 0x00, 0x51, 0x00" : "+r"(number), "+r"(file) : "r"(data), "r"(count) : "memory");
}

static void print_number(uint32_t value)
{
    char digits[12];
    int at = 11;
    digits[at] = 0;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    print(digits + at);
}

static uint8_t *stack_here(void)
{
    uint8_t *here;
    __asm__ volatile("mov %0, a1" : "=r"(here));
    return here;
}

static uint8_t key[32] = { 0xa5, 0x46, 0xe3, 0x6b, 0xf0, 0x52, 0x7c, 0x9d, 0x3b, 0x16, 0x15, 0x4b, 0x82, 0x46, 0x5e, 0xdd,
                           0x62, 0x14, 0x4c, 0x0a, 0xc1, 0xfc, 0x5a, 0x18, 0x50, 0x6a, 0x22, 0x44, 0xba, 0x44, 0x9a, 0xc4 };
static uint8_t peer[32] = { 0xe6, 0xdb, 0x68, 0x67, 0x58, 0x30, 0x30, 0xdb, 0x35, 0x94, 0xc1, 0xa4, 0x24, 0xb1, 0x5f, 0x7c,
                            0x72, 0x66, 0x24, 0xec, 0x26, 0xb3, 0x35, 0x3b, 0x10, 0xa9, 0x03, 0xa6, 0xd0, 0xab, 0x1c, 0x4c };
static uint8_t public_key[32];
static uint8_t signature[64];
static uint8_t output[64];
static uint8_t buffer[1500];
static mbedtls_aes_context aes;
static int32_t keys;
static int64_t opened[3];

#define ALL(array) array, (int32_t)sizeof(array), 0

static int32_t nothing(void) { return 0; }
static int32_t x25519_public_key(void) { return il_x25519_public_key(ALL(key), ALL(output)); }
static int32_t x25519_agree(void) { return il_x25519_agree(ALL(key), ALL(peer), ALL(output)); }
static int32_t ed25519_public_key(void) { return il_ed25519_public_key(ALL(key), ALL(public_key)); }
static int32_t ed25519_sign(void) { return il_ed25519_sign(ALL(key), ALL(public_key), ALL(buffer), 130, ALL(signature)); }
static int32_t ed25519_verify(void) { return il_ed25519_verify(ALL(public_key), ALL(buffer), 130, ALL(signature)); }
static int32_t ed25519_is_point(void) { return il_ed25519_is_point(ALL(public_key)); }
static int32_t sha256_64(void) { return il_sha256(ALL(buffer), 64, ALL(output)); }
static int32_t sha256_1088(void) { return il_sha256(ALL(buffer), 1088, ALL(output)); }
static int32_t hmac_32(void) { return il_hmac_sha256(ALL(key), 32, ALL(buffer), 32, ALL(output)); }
static int32_t expand_label(void) { return il_hkdf_expand_label(ALL(key), (const uint8_t *)"tls13 quic key", 14, 0, 14, 0, 0, 0, 0, ALL(output), 16); }
static int32_t blake3_64(void) { return il_blake3_derive_key(ALL(key), ALL(buffer), 64, ALL(output)); }
static int32_t aes_block(void) { return mbedtls_aes_crypt_ecb(&aes, MBEDTLS_AES_ENCRYPT, buffer, output); }
static int32_t gcm_seal_208(void) { return il_aes_gcm_seal(ALL(key), ALL(peer), 0, 0, 0, 0, ALL(buffer), 208); }
static int32_t gcm_seal_1232(void) { return il_aes_gcm_seal(ALL(key), ALL(peer), 0, 0, 0, 0, ALL(buffer), 1232); }
static int32_t keys_create(void) { return keys = il_packet_keys_create(ALL(key), 1); }
static int32_t keys_create_fixed(void) { return il_packet_keys_create(ALL(key), 0); }
static int32_t keys_rotate(void) { return il_packet_keys_rotate(keys, 5); }
static int32_t keys_release(void) { return il_packet_keys_release(keys); }
static int32_t seal_40(void) { buffer[0] = 0x41; buffer[9] = 0; buffer[10] = 0; return il_packet_seal(keys, ALL(buffer), 9, 11, 51, 0); }
static int32_t open_40(void) { return il_packet_open(keys, ALL(buffer), 9, 67, -1, opened, 3); }
static int32_t seal_1200(void) { buffer[0] = 0x41; buffer[9] = 0; buffer[10] = 0; return il_packet_seal(keys, ALL(buffer), 9, 11, 1184, 0); }
static int32_t open_1200(void) { return il_packet_open(keys, ALL(buffer), 9, 1200, -1, opened, 3); }
static int32_t open_1200_previous(void) { return il_packet_open(keys, ALL(buffer), 9, 1200, -1, opened, 3); }

static int32_t thousand_idle(void)
{
    __asm__ volatile(".rept 1000\n nop\n .endr");
    return 0;
}

static void measure(const char *name, int32_t (*call)(void))
{
    volatile uint8_t *top = stack_here() - 64;
    volatile uint8_t *bottom = top - STACK_PAINT_BYTES;
    for (volatile uint8_t *p = bottom; p < top; p++) {
        *p = 0xC5;
    }
    uint32_t before = cycles();
    int32_t result = call();
    uint32_t after = cycles();
    while (bottom < top && *bottom == 0xC5) {
        bottom++;
    }
    print(name);
    print(" ");
    print_number(after - before);
    print(" ");
    print_number((uint32_t)(top + 64 - bottom));
    print(result < 0 ? " failed\n" : " ok\n");
}

int main(void)
{
    for (int i = 0; i < 1500; i++) {
        buffer[i] = (uint8_t)(i * 7);
    }
    mbedtls_aes_init(&aes);
    mbedtls_aes_setkey_enc(&aes, key, 128);
    measure("nothing", nothing);
    measure("thousand_idle", thousand_idle);
    measure("x25519_public_key", x25519_public_key);
    measure("x25519_agree", x25519_agree);
    measure("ed25519_public_key", ed25519_public_key);
    measure("ed25519_sign", ed25519_sign);
    measure("ed25519_verify", ed25519_verify);
    measure("ed25519_is_point", ed25519_is_point);
    measure("sha256_64", sha256_64);
    measure("sha256_1088", sha256_1088);
    measure("hmac_32", hmac_32);
    measure("expand_label", expand_label);
    measure("blake3_64", blake3_64);
    measure("aes_block", aes_block);
    measure("gcm_seal_208", gcm_seal_208);
    measure("gcm_seal_1232", gcm_seal_1232);
    measure("keys_create_fixed", keys_create_fixed);
    measure("keys_create", keys_create);
    measure("seal_40", seal_40);
    measure("open_40", open_40);
    measure("seal_1200", seal_1200);
    measure("open_1200", open_1200);
    seal_1200();
    measure("keys_rotate", keys_rotate);
    measure("open_1200_previous", open_1200_previous);
    measure("keys_release", keys_release);
    return 0;
}
