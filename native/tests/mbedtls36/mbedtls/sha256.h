#ifndef DECLARED_MBEDTLS_SHA256_H
#define DECLARED_MBEDTLS_SHA256_H

#include <stddef.h>
#include <stdint.h>

typedef struct mbedtls_sha256_context {
    uint32_t private_state[27];
} mbedtls_sha256_context;

void mbedtls_sha256_init(mbedtls_sha256_context *ctx);
void mbedtls_sha256_free(mbedtls_sha256_context *ctx);
int mbedtls_sha256_starts(mbedtls_sha256_context *ctx, int is224);
int mbedtls_sha256_update(mbedtls_sha256_context *ctx, const unsigned char *input, size_t ilen);
int mbedtls_sha256_finish(mbedtls_sha256_context *ctx, unsigned char *output);

#endif
