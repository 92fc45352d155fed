#include <string.h>

#include "blob_name.h"
#include "internal.h"
#include "services_host.h"

#define BLOBS 8

struct blob {
    char name[IL_BLOB_NAME_MAX_BYTES + 1]; /* empty: a free place */
    int32_t count;
    uint8_t bytes[IL_BLOB_MAX_BYTES];
};

static struct {
    int32_t reset_reason;
    int32_t rssi;
    int32_t watchdog_ms; /* 0: not started */
    int64_t unfed_ms;
    struct blob blobs[BLOBS];
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

static struct blob *find_blob(const char *name)
{
    for (int i = 0; i < BLOBS; i++) {
        if (strcmp(chip.blobs[i].name, name) == 0) {
            return &chip.blobs[i];
        }
    }
    return NULL;
}

int32_t il_node_read_blob(IL_IN(name), int32_t name_count, IL_OUT(blob), int32_t blob_count)
{
    char text[IL_BLOB_NAME_MAX_BYTES + 1];
    IL_REQUIRE(name, name_count);
    IL_REQUIRE(blob, blob_count);
    int32_t status = il_blob_name(IL_AT(name), name_count, blob_count, text);
    if (status != IL_OK) {
        return status;
    }
    const struct blob *found = find_blob(text);
    if (found == NULL || found->count != blob_count) {
        return IL_REFUSED;
    }
    memcpy(IL_OUT_AT(blob), found->bytes, (size_t)blob_count);
    return IL_OK;
}

int32_t il_node_write_blob(IL_IN(name), int32_t name_count, IL_IN(blob), int32_t blob_count)
{
    char text[IL_BLOB_NAME_MAX_BYTES + 1];
    IL_REQUIRE(name, name_count);
    IL_REQUIRE(blob, blob_count);
    int32_t status = il_blob_name(IL_AT(name), name_count, blob_count, text);
    if (status != IL_OK) {
        return status;
    }
    struct blob *target = find_blob(text);
    if (target == NULL) {
        target = find_blob("");
    }
    if (target == NULL) {
        return IL_BACKEND;
    }
    memcpy(target->name, text, sizeof text);
    memcpy(target->bytes, IL_AT(blob), (size_t)blob_count);
    target->count = blob_count;
    return IL_OK;
}
