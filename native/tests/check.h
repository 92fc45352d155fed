/* What the tests share: checks that name the place, a generator of repeatable bytes, hex. */
#ifndef IROHLITE_TESTS_CHECK_H
#define IROHLITE_TESTS_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition, ...)                                                   \
    do {                                                                        \
        if (!(condition)) {                                                     \
            fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition);     \
            fprintf(stderr, __VA_ARGS__);                                       \
            fputc('\n', stderr);                                                \
            exit(1);                                                            \
        }                                                                       \
    } while (0)

/* xorshift64*; the seed is fixed, so that a failure repeats. */
static inline uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545F4914F6CDD1D);
}

static inline void fill_random(uint64_t *state, uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bytes[i] = (uint8_t)(next_random(state) >> 56);
    }
}

static inline int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Returns the number of bytes. */
static inline int32_t from_hex(const char *text, uint8_t *bytes, size_t capacity)
{
    size_t count = strlen(text) / 2;
    CHECK(strlen(text) % 2 == 0 && count <= capacity, "hex text of %zu digits", strlen(text));
    for (size_t i = 0; i < count; i++) {
        int high = hex_digit(text[2 * i]);
        int low = hex_digit(text[2 * i + 1]);
        CHECK(high >= 0 && low >= 0, "hex text %s", text);
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return (int32_t)count;
}

#endif
