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

#define IL_BLOB_NAME_MAX_BYTES 15
#define IL_BLOB_MAX_BYTES 256

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

/* Small named blobs in non-volatile storage (NVS), such as the 32-byte secret key. A name has 1 to 15 printable ASCII bytes
 * and no space, a blob 1 to IL_BLOB_MAX_BYTES: else IL_RANGE. IL_REFUSED when the blob is absent or has another size. */
int32_t il_node_read_blob(IL_IN(name), int32_t name_count, IL_OUT(blob), int32_t blob_count);

/* Replaces the blob as a whole, or leaves the old one, whenever power fails; durable on return. */
int32_t il_node_write_blob(IL_IN(name), int32_t name_count, IL_IN(blob), int32_t blob_count);

#ifdef __cplusplus
}
#endif

#endif
