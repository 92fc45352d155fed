/* What the compiler and the libraries expect of a C library, for a program that runs on nothing. */
#include <stddef.h>

#include "wide.h"

void *memcpy(void *to, const void *from, size_t count)
{
    unsigned char *d = to;
    const unsigned char *s = from;
    if ((((uintptr_t)d | (uintptr_t)s) & 3) == 0) {
        for (; count >= 4; count -= 4, d += 4, s += 4) {
            *(uint32_t *)(void *)d = *(const uint32_t *)(const void *)s;
        }
    }
    while (count-- > 0) {
        *d++ = *s++;
    }
    return to;
}

void *memmove(void *to, const void *from, size_t count)
{
    unsigned char *d = to;
    const unsigned char *s = from;
    if (d < s) {
        return memcpy(to, from, count);
    }
    while (count-- > 0) {
        d[count] = s[count];
    }
    return to;
}

void *memset(void *at, int value, size_t count)
{
    unsigned char *d = at;
    if (((uintptr_t)d & 3) == 0) {
        for (; count >= 4; count -= 4, d += 4) {
            *(uint32_t *)(void *)d = (unsigned char)value * 0x01010101u;
        }
    }
    while (count-- > 0) {
        *d++ = (unsigned char)value;
    }
    return at;
}

int memcmp(const void *a, const void *b, size_t count)
{
    const unsigned char *x = a;
    const unsigned char *y = b;
    for (; count > 0; count--, x++, y++) {
        if (*x != *y) {
            return *x < *y ? -1 : 1;
        }
    }
    return 0;
}

int64_t __muldi3(int64_t a, int64_t b)
{
    uint32_t a_low = (uint32_t)a;
    uint32_t b_low = (uint32_t)b;
    uint32_t high = high_product(a_low, b_low) + a_low * (uint32_t)((uint64_t)b >> 32) + (uint32_t)((uint64_t)a >> 32) * b_low;
    return (int64_t)((uint64_t)high << 32 | (uint32_t)(a_low * b_low));
}

unsigned __umodsi3(unsigned n, unsigned d)
{
    unsigned r = 0;
    for (int i = 31; i >= 0; i--) {
        r = r << 1 | ((n >> i) & 1);
        r = r >= d ? r - d : r;
    }
    return r;
}

unsigned __udivsi3(unsigned n, unsigned d)
{
    unsigned q = 0;
    unsigned r = 0;
    for (int i = 31; i >= 0; i--) {
        r = r << 1 | ((n >> i) & 1);
        if (r >= d) {
            r -= d;
            q |= 1u << i;
        }
    }
    return q;
}

int __modsi3(int n, int d)
{
    unsigned r = __umodsi3(n < 0 ? -(unsigned)n : (unsigned)n, d < 0 ? -(unsigned)d : (unsigned)d);
    return n < 0 ? -(int)r : (int)r;
}

/* mbedTLS takes a block with every keyed GCM context. */
static uint32_t heap[16384];
static size_t heap_used;

void *calloc(size_t count, size_t size)
{
    size_t words = (count * size + 3) / 4;
    if (heap_used + words > sizeof heap / sizeof heap[0]) {
        return NULL;
    }
    uint32_t *block = heap + heap_used;
    heap_used += words;
    memset(block, 0, words * 4);
    return block;
}

void free(void *block)
{
    (void)block;
}

void sodium_memzero(void *const at, const size_t count)
{
    memset(at, 0, count);
    __asm__ volatile("" : : "r"(at) : "memory");
}

int sodium_memcmp(const void *const a, const void *const b, size_t count)
{
    const volatile unsigned char *x = a;
    const volatile unsigned char *y = b;
    unsigned char difference = 0;
    for (size_t i = 0; i < count; i++) {
        difference |= x[i] ^ y[i];
    }
    return difference == 0 ? 0 : -1;
}

int sodium_is_zero(const unsigned char *bytes, const size_t count)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < count; i++) {
        seen |= bytes[i];
    }
    return seen == 0;
}

void randombytes_buf(void *const at, const size_t count)
{
    memset(at, 1, count);
}

void sodium_misuse(void)
{
    for (;;) {
    }
}

void abort(void)
{
    for (;;) {
    }
}
