/* services_esp32.c on a small model of ESP-IDF: every branch, and the error codes it must tell apart. */
#include "check.h"
#include "irohlite_services.h"

#include <esp_system.h>
#include <esp_task_wdt.h>
#include <esp_wifi.h>
#include <nvs.h>

#define OUT(array) array, (int32_t)sizeof(array), 0

static esp_reset_reason_t reason;
static struct {
    int initialised, users, fed;
    uint32_t timeout_ms;
    esp_err_t fail;
} dog;
static struct {
    esp_err_t error;
    int8_t rssi;
} wifi;
static struct {
    char name[16];
    uint8_t bytes[300];
    size_t count;
    int open, committed;
    esp_err_t open_error, set_error, commit_error;
} store;

esp_reset_reason_t esp_reset_reason(void)
{
    return reason;
}

esp_err_t esp_task_wdt_init(const esp_task_wdt_config_t *config)
{
    if (dog.initialised) {
        return ESP_ERR_INVALID_STATE;
    }
    CHECK(config->trigger_panic, "a watchdog that only prints");
    dog.initialised = 1;
    dog.timeout_ms = config->timeout_ms;
    return dog.fail;
}

esp_err_t esp_task_wdt_reconfigure(const esp_task_wdt_config_t *config)
{
    dog.timeout_ms = config->timeout_ms;
    return ESP_OK;
}

esp_err_t esp_task_wdt_add_user(const char *user_name, esp_task_wdt_user_handle_t *user_handle_ret)
{
    CHECK(user_name[0] != 0, "name");
    dog.users++;
    *user_handle_ret = (esp_task_wdt_user_handle_t)&dog;
    return ESP_OK;
}

esp_err_t esp_task_wdt_reset_user(esp_task_wdt_user_handle_t user_handle)
{
    CHECK((void *)user_handle == &dog, "handle");
    dog.fed++;
    return dog.fail;
}

esp_err_t esp_task_wdt_delete_user(esp_task_wdt_user_handle_t user_handle)
{
    CHECK((void *)user_handle == &dog, "handle");
    dog.users--;
    return ESP_OK;
}

esp_err_t esp_wifi_sta_get_ap_info(wifi_ap_record_t *ap_info)
{
    ap_info->rssi = wifi.rssi;
    return wifi.error;
}

esp_err_t nvs_open(const char *namespace_name, nvs_open_mode_t open_mode, nvs_handle_t *out_handle)
{
    CHECK(strlen(namespace_name) <= 15 && store.open == 0, "namespace %s", namespace_name);
    if (store.open_error == ESP_OK) {
        store.open = open_mode == NVS_READWRITE ? 2 : 1;
        *out_handle = 7;
    }
    return store.open_error;
}

esp_err_t nvs_get_blob(nvs_handle_t handle, const char *key, void *out_value, size_t *length)
{
    CHECK(handle == 7 && store.open != 0, "handle");
    if (strcmp(key, store.name) != 0) {
        return ESP_ERR_NVS_NOT_FOUND;
    }
    if (*length < store.count) {
        return ESP_ERR_NVS_INVALID_LENGTH;
    }
    memcpy(out_value, store.bytes, store.count);
    *length = store.count;
    return ESP_OK;
}

esp_err_t nvs_set_blob(nvs_handle_t handle, const char *key, const void *value, size_t length)
{
    CHECK(handle == 7 && store.open == 2 && strlen(key) <= 15 && length <= sizeof store.bytes, "set %s", key);
    if (store.set_error == ESP_OK) {
        strcpy(store.name, key);
        memcpy(store.bytes, value, length);
        store.count = length;
    }
    return store.set_error;
}

esp_err_t nvs_commit(nvs_handle_t handle)
{
    CHECK(handle == 7, "handle");
    store.committed++;
    return store.commit_error;
}

void nvs_close(nvs_handle_t handle)
{
    CHECK(handle == 7 && store.open != 0, "closed twice");
    store.open = 0;
}

static void blobs(void)
{
    static const uint8_t name[] = { 'k', 'e', 'y' };
    uint8_t key[32];
    uint8_t read[32] = { 0 };
    memset(key, 0x42, sizeof key);
    store.open_error = ESP_ERR_NVS_NOT_FOUND; /* a namespace nobody has written to */
    CHECK(il_node_read_blob(OUT(name), 3, OUT(read), 32) == IL_REFUSED, "no namespace");
    store.open_error = ESP_ERR_INVALID_STATE;
    CHECK(il_node_read_blob(OUT(name), 3, OUT(read), 32) == IL_BACKEND && il_node_write_blob(OUT(name), 3, OUT(key), 32) == IL_BACKEND, "no flash");
    store.open_error = ESP_OK;
    CHECK(il_node_read_blob(OUT(name), 3, OUT(read), 32) == IL_REFUSED, "absent");
    store.set_error = ESP_ERR_INVALID_STATE;
    CHECK(il_node_write_blob(OUT(name), 3, OUT(key), 32) == IL_BACKEND && store.committed == 0, "full flash");
    store.set_error = ESP_OK;
    store.commit_error = ESP_ERR_INVALID_STATE;
    CHECK(il_node_write_blob(OUT(name), 3, OUT(key), 32) == IL_BACKEND, "commit fails");
    store.commit_error = ESP_OK;
    CHECK(il_node_write_blob(OUT(name), 3, OUT(key), 32) == IL_OK && store.committed == 2, "write");
    CHECK(il_node_read_blob(OUT(name), 3, OUT(read), 31) == IL_REFUSED && il_node_read_blob(OUT(name), 3, OUT(read), 32) == IL_OK, "read");
    CHECK(memcmp(read, key, 32) == 0 && store.open == 0, "content");
    store.count = 300;
    CHECK(il_node_read_blob(OUT(name), 3, OUT(read), 32) == IL_REFUSED, "longer than any of ours");
}

int main(void)
{
    for (int i = ESP_RST_UNKNOWN; i <= ESP_RST_SDIO; i++) {
        reason = (esp_reset_reason_t)i;
        CHECK(il_node_reset_reason() == (i <= ESP_RST_BROWNOUT ? i : IL_RESET_UNKNOWN), "reason %d", i);
    }
    wifi.error = 0x300f;
    wifi.rssi = -50;
    CHECK(il_node_wifi_rssi() == 0, "not connected");
    wifi.error = ESP_OK;
    CHECK(il_node_wifi_rssi() == -50, "connected");
    wifi.rssi = 3;
    CHECK(il_node_wifi_rssi() == 0, "nonsense");

    CHECK(il_node_watchdog_feed() == IL_STATE && il_node_watchdog_stop() == IL_OK, "not started");
    CHECK(il_node_watchdog_start(10) == IL_RANGE && dog.initialised == 0, "limits");
    CHECK(il_node_watchdog_start(30000) == IL_OK && dog.users == 1 && dog.timeout_ms == 30000 && dog.fed == 1, "start");
    CHECK(il_node_watchdog_start(60000) == IL_OK && dog.users == 1 && dog.timeout_ms == 60000, "another time");
    CHECK(il_node_watchdog_feed() == IL_OK && dog.fed == 3, "feed");
    dog.fail = ESP_ERR_INVALID_STATE;
    CHECK(il_node_watchdog_feed() == IL_BACKEND, "a feed that fails");
    CHECK(il_node_watchdog_stop() == IL_OK && dog.users == 0 && il_node_watchdog_feed() == IL_STATE, "stop");
    blobs();
    return 0;
}
