#include "edwards25519.h"

#include <string.h>

#define WINDOW_POINTS 8 /* the odd multiples 1, 3, ... 15 */
#define WINDOW_MAX 15
#define SCALAR_BITS 256

/* The second operand of an addition, prepared: y + x, y - x, 2z, 2dt. */
typedef struct {
    il_field sum, difference, twice_z, t2d;
} prepared;

/* d, a square root of -1, and the base point's y = 4/5 with its even x. */
static const uint8_t d_bytes[32] = { 0xa3, 0x78, 0x59, 0x13, 0xca, 0x4d, 0xeb, 0x75, 0xab, 0xd8, 0x41, 0x41, 0x4d, 0x0a, 0x70, 0x00,
                                     0x98, 0xe8, 0x79, 0x77, 0x79, 0x40, 0xc7, 0x8c, 0x73, 0xfe, 0x6f, 0x2b, 0xee, 0x6c, 0x03, 0x52 };
static const uint8_t root_bytes[32] = { 0xb0, 0xa0, 0x0e, 0x4a, 0x27, 0x1b, 0xee, 0xc4, 0x78, 0xe4, 0x2f, 0xad, 0x06, 0x18, 0x43, 0x2f,
                                        0xa7, 0xd7, 0xfb, 0x3d, 0x99, 0x00, 0x4d, 0x2b, 0x0b, 0xdf, 0xc1, 0x4f, 0x80, 0x24, 0x83, 0x2b };
static const uint8_t base_bytes[32] = { 0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                        0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66 };

/* RFC 8032 section 5.1.3: x^2 = (y^2 - 1) / (d y^2 + 1) = u / v; the candidate root is u v^3 (u v^7)^((p - 5) / 8). */
int il_point_from_bytes(il_point *r, const uint8_t bytes[32])
{
    il_field one;
    il_field u;
    il_field v;
    il_field v3;
    il_field t;
    il_field_small(&one, 1);
    il_field_from_bytes(&r->y, bytes);
    il_field_square(&u, &r->y);
    il_field_from_bytes(&v, d_bytes);
    il_field_mul(&v, &u, &v);
    il_field_sub(&u, &u, &one);
    il_field_add(&v, &v, &one);
    il_field_square(&v3, &v);
    il_field_mul(&v3, &v3, &v);
    il_field_square(&t, &v3);
    il_field_mul(&t, &t, &v);
    il_field_mul(&t, &t, &u);
    il_field_power_2_252_3(&t, &t);
    il_field_mul(&t, &t, &v3);
    il_field_mul(&r->x, &t, &u);

    il_field_square(&t, &r->x);
    il_field_mul(&t, &t, &v); /* v x^2: u, or -u when x lacks the factor sqrt(-1), else there is no point */
    il_field_sub(&v3, &t, &u);
    il_field_add(&t, &t, &u);
    if (!il_field_is_zero(&v3)) {
        if (!il_field_is_zero(&t)) {
            return 0;
        }
        il_field_from_bytes(&t, root_bytes);
        il_field_mul(&r->x, &r->x, &t);
    }
    if (il_field_is_odd(&r->x) != bytes[31] >> 7) {
        il_field_small(&t, 0);
        il_field_sub(&r->x, &t, &r->x);
    }
    r->z = one;
    il_field_mul(&r->t, &r->x, &r->y);
    return 1;
}

void il_point_to_bytes(uint8_t bytes[32], const il_point *p)
{
    il_field inverse;
    il_field x;
    il_field y;
    il_field_invert(&inverse, &p->z);
    il_field_mul(&x, &p->x, &inverse);
    il_field_mul(&y, &p->y, &inverse);
    il_field_to_bytes(bytes, &y);
    bytes[31] = (uint8_t)(bytes[31] | il_field_is_odd(&x) << 7);
}

/* Hisil, Wong, Carter, Dawson 2008, a = -1: E and H, G and F give all four coordinates. */
static void combine(il_point *r, const il_field *e, const il_field *f, const il_field *g, const il_field *h, int with_t)
{
    il_field_mul(&r->x, e, f);
    il_field_mul(&r->y, g, h);
    il_field_mul(&r->z, f, g);
    if (with_t) {
        il_field_mul(&r->t, e, h);
    }
}

/* Without with_t the result lacks t, which a further doubling does not need. */
static void point_double(il_point *r, const il_point *p, int with_t)
{
    il_field a;
    il_field b;
    il_field c;
    il_field e;
    il_field g;
    il_field h;
    il_field_square(&a, &p->x);
    il_field_square(&b, &p->y);
    il_field_square(&c, &p->z);
    il_field_twice(&c, &c);
    il_field_add(&h, &a, &b);
    il_field_add(&e, &p->x, &p->y);
    il_field_square(&e, &e);
    il_field_sub(&e, &h, &e);
    il_field_sub(&g, &a, &b);
    il_field_add(&c, &c, &g);
    combine(r, &e, &c, &g, &h, with_t);
}

static void point_prepare(prepared *r, const il_point *p)
{
    il_field d;
    il_field_from_bytes(&d, d_bytes);
    il_field_add(&r->sum, &p->y, &p->x);
    il_field_sub(&r->difference, &p->y, &p->x);
    il_field_twice(&r->twice_z, &p->z);
    il_field_mul(&r->t2d, &p->t, &d);
    il_field_twice(&r->t2d, &r->t2d);
}

/* p + q, or with subtract p - q: the negative of q has sum and difference changed over and t negated. */
static void point_add(il_point *r, const il_point *p, const prepared *q, int subtract)
{
    il_field a;
    il_field b;
    il_field c;
    il_field d;
    il_field e;
    il_field h;
    il_field_sub(&a, &p->y, &p->x);
    il_field_mul(&a, &a, subtract ? &q->sum : &q->difference);
    il_field_add(&b, &p->y, &p->x);
    il_field_mul(&b, &b, subtract ? &q->difference : &q->sum);
    il_field_mul(&c, &p->t, &q->t2d);
    il_field_mul(&d, &p->z, &q->twice_z);
    il_field_sub(&e, &b, &a);
    il_field_add(&h, &b, &a);
    il_field_sub(&a, &d, &c);
    il_field_add(&b, &d, &c);
    if (subtract) {
        combine(r, &e, &b, &a, &h, 1);
    } else {
        combine(r, &e, &a, &b, &h, 1);
    }
}

int il_point_is_small_order(const il_point *p)
{
    il_point eight;
    point_double(&eight, p, 0);
    point_double(&eight, &eight, 0);
    point_double(&eight, &eight, 0);
    il_field_sub(&eight.y, &eight.y, &eight.z);
    return il_field_is_zero(&eight.x) && il_field_is_zero(&eight.y);
}

static void odd_multiples(prepared table[WINDOW_POINTS], const il_point *p)
{
    il_point multiple = *p;
    il_point two;
    prepared twice;
    point_double(&two, p, 1);
    point_prepare(&twice, &two);
    for (int i = 0; i < WINDOW_POINTS; i++) {
        point_prepare(&table[i], &multiple);
        if (i < WINDOW_POINTS - 1) {
            point_add(&multiple, &multiple, &twice, 0);
        }
    }
}

/* Writes a scalar as digits 0 or odd of at most WINDOW_MAX, few of them not 0: at each one bit the next ones are drawn in. */
static void slide(int8_t digits[SCALAR_BITS], const uint8_t scalar[32])
{
    for (int i = 0; i < SCALAR_BITS; i++) {
        digits[i] = (int8_t)((scalar[i >> 3] >> (i & 7)) & 1);
    }
    for (int i = 0; i < SCALAR_BITS; i++) {
        for (int ahead = 1; digits[i] != 0 && ahead <= 6 && i + ahead < SCALAR_BITS; ahead++) {
            int value = digits[i + ahead] * (1 << ahead);
            if (value == 0) {
                continue;
            }
            if (digits[i] + value <= WINDOW_MAX) {
                digits[i] = (int8_t)(digits[i] + value);
                digits[i + ahead] = 0;
            } else if (digits[i] - value >= -WINDOW_MAX) {
                digits[i] = (int8_t)(digits[i] - value);
                int k = i + ahead;
                while (digits[k] != 0) {
                    digits[k++] = 0;
                }
                digits[k] = 1;
            } else {
                break;
            }
        }
    }
}

static void add_digit(il_point *r, const prepared table[WINDOW_POINTS], int digit)
{
    if (digit > 0) {
        point_add(r, r, &table[digit / 2], 0);
    } else if (digit < 0) {
        point_add(r, r, &table[-digit / 2], 1);
    }
}

void il_point_verify_sum(il_point *r, const uint8_t s[32], const uint8_t h[32], const il_point *a)
{
    prepared base_table[WINDOW_POINTS];
    prepared a_table[WINDOW_POINTS];
    int8_t s_digits[SCALAR_BITS];
    int8_t h_digits[SCALAR_BITS];
    odd_multiples(a_table, a);
    (void)il_point_from_bytes(r, base_bytes); /* is a point; a is not needed any more, should it be r */
    odd_multiples(base_table, r);
    slide(s_digits, s);
    slide(h_digits, h);

    il_field_small(&r->x, 0);
    il_field_small(&r->y, 1);
    il_field_small(&r->z, 1);
    il_field_small(&r->t, 0);
    int i = SCALAR_BITS - 1;
    while (i >= 0 && s_digits[i] == 0 && h_digits[i] == 0) {
        i--;
    }
    for (; i >= 0; i--) {
        point_double(r, r, s_digits[i] != 0 || h_digits[i] != 0);
        add_digit(r, base_table, s_digits[i]);
        add_digit(r, a_table, -h_digits[i]);
    }
}
