#include "field25519.h"

#include <string.h>

/* Firmware images are built for size, which doubles the time of this file and saves 1 KB. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O2")
#endif

/* A product of two limbs. A build for counting instructions substitutes its own. */
#ifdef IL_WIDE_PRODUCT
#define WIDE(a, b) IL_WIDE_PRODUCT(a, b)
#else
#define WIDE(a, b) ((int64_t)(a) * (b))
#endif

static int limb_bits(int i)
{
    return 26 - (i & 1);
}

/* Moves what limb i has too much to the next one, rounding to nearest; from the last one 19-fold to the first. */
#define CARRY(i, bits)                                                \
    do {                                                              \
        int64_t over = (h[i] + (INT64_C(1) << ((bits)-1))) >> (bits); \
        h[i] -= (int64_t)((uint64_t)over << (bits));                  \
        h[((i) + 1) % IL_LIMBS] += (i) == 9 ? 19 * over : over;       \
    } while (0)

/* Two interleaved chains, which end with limb 4 and 0 a second time: a fresh element for columns below 2^62. */
static void carry_all(il_field *r, int64_t h[IL_LIMBS])
{
    CARRY(0, 26);
    CARRY(4, 26);
    CARRY(1, 25);
    CARRY(5, 25);
    CARRY(2, 26);
    CARRY(6, 26);
    CARRY(3, 25);
    CARRY(7, 25);
    CARRY(4, 26);
    CARRY(8, 26);
    CARRY(9, 25);
    CARRY(0, 26);
    for (int i = 0; i < IL_LIMBS; i++) {
        r->limb[i] = (int32_t)h[i];
    }
}

void il_field_from_bytes(il_field *r, const uint8_t bytes[32])
{
    int64_t h[IL_LIMBS];
    int start = 0;
    for (int i = 0; i < IL_LIMBS; i++) {
        uint64_t window = 0;
        for (int k = 0; k < 5 && start / 8 + k < 32; k++) {
            window |= (uint64_t)bytes[start / 8 + k] << (8 * k);
        }
        h[i] = (int64_t)((window >> (start % 8)) & ((UINT64_C(1) << limb_bits(i)) - 1));
        start += limb_bits(i);
    }
    carry_all(r, h);
}

void il_field_to_bytes(uint8_t bytes[32], const il_field *a)
{
    int64_t h[IL_LIMBS];
    il_field t;
    for (int i = 0; i < IL_LIMBS; i++) {
        h[i] = a->limb[i];
    }
    carry_all(&t, h);
    /* How many times the modulus must go: the carry out of the top when 19 is added, found by adding it along the limbs. */
    int64_t quotient = (19 * (int64_t)t.limb[9] + (1 << 24)) >> 25;
    for (int i = 0; i < IL_LIMBS; i++) {
        quotient = (t.limb[i] + quotient) >> limb_bits(i);
    }
    int64_t carry = 19 * quotient;
    uint64_t pending = 0;
    int pending_bits = 0;
    int out = 0;
    for (int i = 0; i < IL_LIMBS; i++) {
        int64_t sum = t.limb[i] + carry;
        carry = sum >> limb_bits(i);
        pending |= (uint64_t)(sum & ((INT64_C(1) << limb_bits(i)) - 1)) << pending_bits;
        for (pending_bits += limb_bits(i); pending_bits >= 8; pending_bits -= 8) {
            bytes[out++] = (uint8_t)pending;
            pending >>= 8;
        }
    }
    bytes[out] = (uint8_t)pending;
}

void il_field_small(il_field *r, int32_t value)
{
    memset(r, 0, sizeof *r);
    r->limb[0] = value;
}

void il_field_add(il_field *r, const il_field *a, const il_field *b)
{
    for (int i = 0; i < IL_LIMBS; i++) {
        r->limb[i] = a->limb[i] + b->limb[i];
    }
}

void il_field_sub(il_field *r, const il_field *a, const il_field *b)
{
    for (int i = 0; i < IL_LIMBS; i++) {
        r->limb[i] = a->limb[i] - b->limb[i];
    }
}

void il_field_twice(il_field *r, const il_field *a)
{
    int64_t h[IL_LIMBS];
    for (int i = 0; i < IL_LIMBS; i++) {
        h[i] = 2 * (int64_t)a->limb[i];
    }
    carry_all(r, h);
}

/*
 * Limb i times limb j belongs to limb i + j: doubled when both are odd (the exponents round up), times 19 when i + j > 9
 * (2^255 = 19). So f below is doubled at odd places where it meets an odd one, g carries the 19 where it wraps.
 */
#define COLUMN(k, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9)                                                     \
    h[k] = WIDE(f0, G(0, k)) + WIDE(f1, G(1, k)) + WIDE(f2, G(2, k)) + WIDE(f3, G(3, k)) + WIDE(f4, G(4, k)) + \
           WIDE(f5, G(5, k)) + WIDE(f6, G(6, k)) + WIDE(f7, G(7, k)) + WIDE(f8, G(8, k)) + WIDE(f9, G(9, k))
#define G(i, k) ((i) <= (k) ? g[((k) - (i) + 10) % 10] : wrapped[((k) - (i) + 10) % 10])

void il_field_mul(il_field *r, const il_field *a, const il_field *b)
{
    const int32_t *f = a->limb;
    const int32_t *g = b->limb;
    int32_t wrapped[IL_LIMBS];
    int32_t d[IL_LIMBS];
    int64_t h[IL_LIMBS];
    for (int i = 0; i < IL_LIMBS; i++) {
        wrapped[i] = 19 * g[i];
        d[i] = 2 * f[i];
    }
    COLUMN(0, f[0], d[1], f[2], d[3], f[4], d[5], f[6], d[7], f[8], d[9]);
    COLUMN(1, f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]);
    COLUMN(2, f[0], d[1], f[2], d[3], f[4], d[5], f[6], d[7], f[8], d[9]);
    COLUMN(3, f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]);
    COLUMN(4, f[0], d[1], f[2], d[3], f[4], d[5], f[6], d[7], f[8], d[9]);
    COLUMN(5, f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]);
    COLUMN(6, f[0], d[1], f[2], d[3], f[4], d[5], f[6], d[7], f[8], d[9]);
    COLUMN(7, f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]);
    COLUMN(8, f[0], d[1], f[2], d[3], f[4], d[5], f[6], d[7], f[8], d[9]);
    COLUMN(9, f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9]);
    carry_all(r, h);
}

/* As above with a = b: each mixed product once, doubled. */
void il_field_square(il_field *r, const il_field *a)
{
    const int32_t *f = a->limb;
    int64_t h[IL_LIMBS];
    int32_t d[IL_LIMBS];
    int32_t w[IL_LIMBS]; /* 19-fold; the odd ones meet odd ones where they wrap, and are doubled by d */
    for (int i = 0; i < IL_LIMBS; i++) {
        d[i] = 2 * f[i];
        w[i] = 19 * f[i];
    }
    int32_t w7 = 2 * w[7];
    int32_t w9 = 2 * w[9];
    h[0] = WIDE(f[0], f[0]) + WIDE(d[1], w9) + WIDE(d[2], w[8]) + WIDE(d[3], w7) + WIDE(d[4], w[6]) + WIDE(d[5], w[5]);
    h[1] = WIDE(d[0], f[1]) + WIDE(d[2], w[9]) + WIDE(d[3], w[8]) + WIDE(d[4], w[7]) + WIDE(d[5], w[6]);
    h[2] = WIDE(d[0], f[2]) + WIDE(d[1], f[1]) + WIDE(d[3], w9) + WIDE(d[4], w[8]) + WIDE(d[5], w7) + WIDE(f[6], w[6]);
    h[3] = WIDE(d[0], f[3]) + WIDE(d[1], f[2]) + WIDE(d[4], w[9]) + WIDE(d[5], w[8]) + WIDE(d[6], w[7]);
    h[4] = WIDE(d[0], f[4]) + WIDE(d[1], d[3]) + WIDE(f[2], f[2]) + WIDE(d[5], w9) + WIDE(d[6], w[8]) + WIDE(d[7], w[7]);
    h[5] = WIDE(d[0], f[5]) + WIDE(d[1], f[4]) + WIDE(d[2], f[3]) + WIDE(d[6], w[9]) + WIDE(d[7], w[8]);
    h[6] = WIDE(d[0], f[6]) + WIDE(d[1], d[5]) + WIDE(d[2], f[4]) + WIDE(d[3], f[3]) + WIDE(d[7], w9) + WIDE(f[8], w[8]);
    h[7] = WIDE(d[0], f[7]) + WIDE(d[1], f[6]) + WIDE(d[2], f[5]) + WIDE(d[3], f[4]) + WIDE(d[8], w[9]);
    h[8] = WIDE(d[0], f[8]) + WIDE(d[1], d[7]) + WIDE(d[2], f[6]) + WIDE(d[3], d[5]) + WIDE(f[4], f[4]) + WIDE(d[9], w[9]);
    h[9] = WIDE(d[0], f[9]) + WIDE(d[1], f[8]) + WIDE(d[2], f[7]) + WIDE(d[3], f[6]) + WIDE(d[4], f[5]);
    carry_all(r, h);
}

static void square_times(il_field *r, const il_field *a, int times)
{
    *r = *a;
    for (int i = 0; i < times; i++) {
        il_field_square(r, r);
    }
}

/* a^(2^250 - 1) and a^11, by the usual chain of runs of ones. */
static void power_2_250_1(il_field *r, il_field *eleven, const il_field *a)
{
    static const uint8_t doubled[] = { 5, 10, 20 }; /* runs of that many ones are put beside themselves */
    il_field ones;
    il_field shifted;
    il_field kept;
    square_times(&shifted, a, 1);              /* 2 */
    square_times(&ones, &shifted, 2);          /* 8 */
    il_field_mul(&ones, &ones, a);             /* 9 */
    il_field_mul(eleven, &ones, &shifted);     /* 11 */
    square_times(&shifted, eleven, 1);         /* 22 */
    il_field_mul(&ones, &ones, &shifted);      /* 31 = 2^5 - 1 */
    kept = ones;
    for (int i = 0; i < 3; i++) {
        square_times(&shifted, &ones, doubled[i]);
        il_field_mul(&ones, &shifted, &ones);
        if (i == 0) {
            kept = ones;                       /* 2^10 - 1 */
        }
    }
    square_times(&shifted, &ones, 10);         /* ones: 2^40 - 1 */
    il_field_mul(&ones, &shifted, &kept);      /* 2^50 - 1 */
    kept = ones;
    square_times(&shifted, &ones, 50);
    il_field_mul(&ones, &shifted, &ones);      /* 2^100 - 1 */
    square_times(&shifted, &ones, 100);
    il_field_mul(&ones, &shifted, &ones);      /* 2^200 - 1 */
    square_times(&shifted, &ones, 50);
    il_field_mul(r, &shifted, &kept);          /* 2^250 - 1 */
}

void il_field_power_2_252_3(il_field *r, const il_field *a)
{
    il_field ones;
    il_field eleven;
    power_2_250_1(&ones, &eleven, a);
    square_times(&ones, &ones, 2);
    il_field_mul(r, &ones, a);
}

void il_field_invert(il_field *r, const il_field *a)
{
    il_field ones;
    il_field eleven;
    power_2_250_1(&ones, &eleven, a);
    square_times(&ones, &ones, 5);
    il_field_mul(r, &ones, &eleven); /* 2^255 - 21 */
}

int il_field_is_zero(const il_field *a)
{
    uint8_t bytes[32];
    uint8_t seen = 0;
    il_field_to_bytes(bytes, a);
    for (int i = 0; i < 32; i++) {
        seen |= bytes[i];
    }
    return seen == 0;
}

int il_field_is_odd(const il_field *a)
{
    uint8_t bytes[32];
    il_field_to_bytes(bytes, a);
    return bytes[0] & 1;
}
