/* The node services on ESP-IDF 5.x. NVS and WiFi are brought up by the firmware image before managed code runs. */
#include <string.h>

#include <esp_system.h>
#include <esp_task_wdt.h>
#include <esp_wifi.h>
#include <nvs.h>

#include "blob_name.h"
#include "internal.h"
#include "irohlite_services.h"

static const char store_name[] = "irohlite";

static esp_task_wdt_user_handle_t watchdog_user; /* NULL: not started */

int32_t il_node_reset_reason(void)
{
    switch (esp_reset_reason()) {
    case ESP_RST_POWERON:
        return IL_RESET_POWER_ON;
    case ESP_RST_EXT:
        return IL_RESET_PIN;
    case ESP_RST_SW:
        return IL_RESET_SOFTWARE;
    case ESP_RST_PANIC:
        return IL_RESET_PANIC;
    case ESP_RST_INT_WDT:
        return IL_RESET_INTERRUPT_WATCHDOG;
    case ESP_RST_TASK_WDT:
        return IL_RESET_TASK_WATCHDOG;
    case ESP_RST_WDT:
        return IL_RESET_OTHER_WATCHDOG;
    case ESP_RST_DEEPSLEEP:
        return IL_RESET_DEEP_SLEEP;
    case ESP_RST_BROWNOUT:
        return IL_RESET_BROWN_OUT;
    default:
        return IL_RESET_UNKNOWN;
    }
}

int32_t il_node_watchdog_start(int32_t timeout_ms)
{
    if (timeout_ms < IL_WATCHDOG_MIN_MS || timeout_ms > IL_WATCHDOG_MAX_MS) {
        return IL_RANGE;
    }
    const esp_task_wdt_config_t config = { .timeout_ms = (uint32_t)timeout_ms, .idle_core_mask = 0, .trigger_panic = true };
    esp_err_t error = esp_task_wdt_init(&config);
    if (error == ESP_ERR_INVALID_STATE) {
        error = esp_task_wdt_reconfigure(&config);
    }
    if (error == ESP_OK && watchdog_user == NULL) {
        error = esp_task_wdt_add_user(store_name, &watchdog_user);
    }
    return error == ESP_OK ? il_node_watchdog_feed() : IL_BACKEND;
}

int32_t il_node_watchdog_feed(void)
{
    if (watchdog_user == NULL) {
        return IL_STATE;
    }
    return esp_task_wdt_reset_user(watchdog_user) == ESP_OK ? IL_OK : IL_BACKEND;
}

int32_t il_node_watchdog_stop(void)
{
    if (watchdog_user == NULL) {
        return IL_OK;
    }
    esp_err_t error = esp_task_wdt_delete_user(watchdog_user);
    if (error == ESP_OK) {
        watchdog_user = NULL;
    }
    return error == ESP_OK ? IL_OK : IL_BACKEND;
}

int32_t il_node_wifi_rssi(void)
{
    wifi_ap_record_t station;
    if (esp_wifi_sta_get_ap_info(&station) != ESP_OK || station.rssi >= 0) {
        return 0;
    }
    return station.rssi;
}

int32_t il_node_read_blob(IL_IN(name), int32_t name_count, IL_OUT(blob), int32_t blob_count)
{
    char text[IL_BLOB_NAME_MAX_BYTES + 1];
    uint8_t stored[IL_BLOB_MAX_BYTES];
    size_t stored_size = sizeof stored;
    nvs_handle_t store;
    IL_REQUIRE(name, name_count);
    IL_REQUIRE(blob, blob_count);
    int32_t status = il_blob_name(IL_AT(name), name_count, blob_count, text);
    if (status != IL_OK) {
        return status;
    }
    esp_err_t error = nvs_open(store_name, NVS_READONLY, &store);
    if (error == ESP_OK) {
        error = nvs_get_blob(store, text, stored, &stored_size);
        nvs_close(store);
    }
    if (error == ESP_ERR_NVS_NOT_FOUND || error == ESP_ERR_NVS_INVALID_LENGTH) {
        status = IL_REFUSED;
    } else if (error != ESP_OK) {
        status = IL_BACKEND;
    } else if (stored_size != (size_t)blob_count) {
        status = IL_REFUSED;
    } else {
        memcpy(IL_OUT_AT(blob), stored, stored_size);
    }
    il_wipe_local(stored, sizeof stored);
    return status;
}

int32_t il_node_write_blob(IL_IN(name), int32_t name_count, IL_IN(blob), int32_t blob_count)
{
    char text[IL_BLOB_NAME_MAX_BYTES + 1];
    nvs_handle_t store;
    IL_REQUIRE(name, name_count);
    IL_REQUIRE(blob, blob_count);
    int32_t status = il_blob_name(IL_AT(name), name_count, blob_count, text);
    if (status != IL_OK) {
        return status;
    }
    esp_err_t error = nvs_open(store_name, NVS_READWRITE, &store);
    if (error != ESP_OK) {
        return IL_BACKEND;
    }
    error = nvs_set_blob(store, text, IL_AT(blob), (size_t)blob_count);
    if (error == ESP_OK) {
        error = nvs_commit(store);
    }
    nvs_close(store);
    return error == ESP_OK ? IL_OK : IL_BACKEND;
}
