/*
 * What a node needs of its chip and managed code cannot reach. native/esp32/services_esp32.c is the real one,
 * native/host/services_host.c stands in for it in tests. Result codes, IL_IN and IL_OUT as in irohlite_crypto.h; no call
 * blocks for long (a stored key is flash: some 10 ms), and all use less than 1 KB of stack of their own.
 */
#ifndef IROHLITE_SERVICES_H
#define IROHLITE_SERVICES_H

#include "irohlite_crypto.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why the chip last started. The numbers are part of the interface; a test compares them with ESP-IDF's. */
enum il_reset_reason {
    IL_RESET_UNKNOWN = 0,
    IL_RESET_POWER_ON = 1,
    IL_RESET_PIN = 2,
    IL_RESET_SOFTWARE = 3,
    IL_RESET_PANIC = 4,
    IL_RESET_INTERRUPT_WATCHDOG = 5,
    IL_RESET_TASK_WATCHDOG = 6,
    IL_RESET_OTHER_WATCHDOG = 7,
    IL_RESET_DEEP_SLEEP = 8,
    IL_RESET_BROWN_OUT = 9
};

#define IL_WATCHDOG_MIN_MS 1000
#define IL_WATCHDOG_MAX_MS 600000

/* One of il_reset_reason. */
int32_t il_node_reset_reason(void);

/* Starts the task watchdog, or changes the time of a running one: unless fed within timeout_ms (IL_RANGE outside the limits
 * above) the chip panics and restarts, also when the managed runtime itself hangs. */
int32_t il_node_watchdog_start(int32_t timeout_ms);

/* IL_STATE when not started. */
int32_t il_node_watchdog_feed(void);

/* IL_OK also when not started. */
int32_t il_node_watchdog_stop(void);

/* Signal strength of the connected access point in dBm, -127 to -1; 0 when not connected. */
int32_t il_node_wifi_rssi(void);

/* The endpoint's secret key in non-volatile storage, 32 bytes; IL_REFUSED when none is stored. */
int32_t il_node_read_key(IL_OUT(key));

/* Stores the key durably before it returns. */
int32_t il_node_write_key(IL_IN(key));

#ifdef __cplusplus
}
#endif

#endif
