/* Points of edwards25519 (RFC 8032 section 5.1) for verification, where nothing is secret. */
#ifndef IROHLITE_EDWARDS25519_H
#define IROHLITE_EDWARDS25519_H

#include "field25519.h"

/* Extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. All four are fresh. */
typedef struct {
    il_field x, y, z, t;
} il_point;

/* 1 when the 32 bytes decompress to a point; the encoding need not be canonical (as in iroh), x = 0 may have either sign. */
int il_point_from_bytes(il_point *r, const uint8_t bytes[32]);

void il_point_to_bytes(uint8_t bytes[32], const il_point *p);

/* 1 when 8 times the point is the neutral element. */
int il_point_is_small_order(const il_point *p);

/* s times the base point minus h times a; both scalars are 32 bytes, little-endian, below 2^253. r may be a. The
 * result is for il_point_to_bytes and il_point_is_small_order, which do not need t. */
void il_point_verify_sum(il_point *r, const uint8_t s[32], const uint8_t h[32], const il_point *a);

#endif
