#include <string.h>

#include "internal.h"
#include "services_host.h"

static struct {
    int32_t reset_reason;
    int32_t rssi;
    int32_t watchdog_ms; /* 0: not started */
    int64_t unfed_ms;
    int32_t has_key;
    uint8_t key[IL_KEY_BYTES];
} chip = { .reset_reason = IL_RESET_POWER_ON };

void il_host_reset(void)
{
    memset(&chip, 0, sizeof chip);
    chip.reset_reason = IL_RESET_POWER_ON;
}

void il_host_set_reset_reason(int32_t reason)
{
    chip.reset_reason = reason;
}

void il_host_set_wifi_rssi(int32_t dbm)
{
    chip.rssi = dbm;
}

int32_t il_host_advance_ms(int32_t elapsed_ms)
{
    if (chip.watchdog_ms == 0) {
        return 0;
    }
    chip.unfed_ms += elapsed_ms;
    return chip.unfed_ms >= chip.watchdog_ms;
}

int32_t il_node_reset_reason(void)
{
    return chip.reset_reason;
}

int32_t il_node_watchdog_start(int32_t timeout_ms)
{
    if (timeout_ms < IL_WATCHDOG_MIN_MS || timeout_ms > IL_WATCHDOG_MAX_MS) {
        return IL_RANGE;
    }
    chip.watchdog_ms = timeout_ms;
    chip.unfed_ms = 0;
    return IL_OK;
}

int32_t il_node_watchdog_feed(void)
{
    if (chip.watchdog_ms == 0) {
        return IL_STATE;
    }
    chip.unfed_ms = 0;
    return IL_OK;
}

int32_t il_node_watchdog_stop(void)
{
    chip.watchdog_ms = 0;
    return IL_OK;
}

int32_t il_node_wifi_rssi(void)
{
    return chip.rssi;
}

int32_t il_node_read_key(IL_OUT(key))
{
    IL_REQUIRE(key, IL_KEY_BYTES);
    if (chip.has_key == 0) {
        return IL_REFUSED;
    }
    memcpy(IL_OUT_AT(key), chip.key, sizeof chip.key);
    return IL_OK;
}

int32_t il_node_write_key(IL_IN(key))
{
    IL_REQUIRE(key, IL_KEY_BYTES);
    memcpy(chip.key, IL_AT(key), sizeof chip.key);
    chip.has_key = 1;
    return IL_OK;
}
