/*
 * The ESP32 multiplies 32 x 32 to 64 bits with two instructions, MULL and MULUH or MULSH. Neither Debian's compiler (ESP8266) nor the
 * emulator's cores have the second one, so it is replaced, in one of three ways chosen by a macro:
 *   WIDE_TWIN     one more MULL: a wrong value, but as many instructions as on the ESP32
 *   WIDE_CORRECT  16-bit pieces in a function: the right value, K instructions more each time
 *   WIDE_PADDED   as WIDE_CORRECT with ten idle instructions more, so that the difference counts the multiplications M
 * What the ESP32 executes is CORRECT - K * M; K comes from X25519, whose path does not depend on values, in TWIN and CORRECT.
 */
#ifndef BENCH_WIDE_H
#define BENCH_WIDE_H

#include <stdint.h>

#ifdef WIDE_TWIN
static inline __attribute__((always_inline)) uint32_t high_product(uint32_t a, uint32_t b)
{
    uint32_t r;
    __asm__("mull %0, %1, %2" : "=r"(r) : "r"(a), "r"(b));
    return r;
}
#define signed_high_product(a, b) ((int32_t)high_product((uint32_t)(a), (uint32_t)(b)))
#else
static __attribute__((noinline, unused)) uint32_t high_product(uint32_t a, uint32_t b)
{
    uint32_t low = (a & 0xffff) * (b & 0xffff);
    uint32_t cross1 = (a & 0xffff) * (b >> 16);
    uint32_t cross2 = (a >> 16) * (b & 0xffff);
    uint32_t middle = (low >> 16) + (cross1 & 0xffff) + (cross2 & 0xffff);
#ifdef WIDE_PADDED
    __asm__ volatile("nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop");
#endif
    return (a >> 16) * (b >> 16) + (cross1 >> 16) + (cross2 >> 16) + (middle >> 16);
}

static __attribute__((noinline, unused)) int32_t signed_high_product(int32_t a, int32_t b)
{
    uint32_t high = high_product((uint32_t)a, (uint32_t)b);
    high -= (uint32_t)b & (uint32_t)(a >> 31);
    high -= (uint32_t)a & (uint32_t)(b >> 31);
    return (int32_t)high;
}
#endif

static inline __attribute__((always_inline)) int64_t wide_product(int32_t a, int32_t b)
{
    uint32_t low;
    __asm__("mull %0, %1, %2" : "=r"(low) : "r"(a), "r"(b));
    return (int64_t)((uint64_t)(uint32_t)signed_high_product(a, b) << 32 | low);
}

#endif
