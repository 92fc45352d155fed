/*
 * Arithmetic modulo 2^255 - 19 for verification, where nothing is secret: its time depends on the values.
 * An element is the sum of limb[i] * 2^ceil(25.5 i); the limbs are signed. A "fresh" element (from bytes, or a product) has
 * limbs of at most 1.01 * 2^25 (even i) or 1.01 * 2^24 (odd i). Sums and differences are not carried; a factor may be the sum of
 * three fresh elements, no more.
 */
#ifndef IROHLITE_FIELD25519_H
#define IROHLITE_FIELD25519_H

#include <stdint.h>

#define IL_LIMBS 10

typedef struct {
    int32_t limb[IL_LIMBS];
} il_field;

/* The lower 255 bits of 32 bytes; values from the modulus on are taken modulo it. */
void il_field_from_bytes(il_field *r, const uint8_t bytes[32]);

/* The canonical form, below the modulus. */
void il_field_to_bytes(uint8_t bytes[32], const il_field *a);

void il_field_small(il_field *r, int32_t value);
void il_field_add(il_field *r, const il_field *a, const il_field *b);
void il_field_sub(il_field *r, const il_field *a, const il_field *b);

/* Products are fresh; r may be a or b. */
void il_field_mul(il_field *r, const il_field *a, const il_field *b);
void il_field_square(il_field *r, const il_field *a);

/* 2a, fresh. */
void il_field_twice(il_field *r, const il_field *a);

/* a^(2^252 - 3), from which square roots are made; and 1 / a, which of 0 is 0. */
void il_field_power_2_252_3(il_field *r, const il_field *a);
void il_field_invert(il_field *r, const il_field *a);

int il_field_is_zero(const il_field *a);
int il_field_is_odd(const il_field *a);

#endif
