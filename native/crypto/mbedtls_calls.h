/*
 * The mbedTLS calls of this module. They have one form in 2.28 and in 3.6, but for the three SHA-256 steps: 2.28 names the
 * ones that report errors *_ret, 3.x dropped the suffix.
 */
#ifndef IROHLITE_MBEDTLS_CALLS_H
#define IROHLITE_MBEDTLS_CALLS_H

#include <mbedtls/aes.h>
#include <mbedtls/gcm.h>
#include <mbedtls/sha256.h>
#include <mbedtls/version.h>

#if MBEDTLS_VERSION_NUMBER < 0x03000000
#define IL_SHA256_STARTS mbedtls_sha256_starts_ret
#define IL_SHA256_UPDATE mbedtls_sha256_update_ret
#define IL_SHA256_FINISH mbedtls_sha256_finish_ret
#else
#define IL_SHA256_STARTS mbedtls_sha256_starts
#define IL_SHA256_UPDATE mbedtls_sha256_update
#define IL_SHA256_FINISH mbedtls_sha256_finish
#endif

#endif
