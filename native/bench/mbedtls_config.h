/* As little of mbedTLS 2.28 as the module calls; tables in ROM as ESP-IDF has them. */
#define MBEDTLS_AES_C
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_CIPHER_C
#define MBEDTLS_GCM_C
#define MBEDTLS_SHA256_C
