/* The ESP-IDF 5.x names that services_esp32.c uses, declared from its documentation, for compiling without ESP-IDF. */
#ifndef DECLARED_ESP_SYSTEM_H
#define DECLARED_ESP_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int esp_err_t;

#define ESP_OK 0
#define ESP_ERR_INVALID_STATE 0x103

typedef enum {
    ESP_RST_UNKNOWN,
    ESP_RST_POWERON,
    ESP_RST_EXT,
    ESP_RST_SW,
    ESP_RST_PANIC,
    ESP_RST_INT_WDT,
    ESP_RST_TASK_WDT,
    ESP_RST_WDT,
    ESP_RST_DEEPSLEEP,
    ESP_RST_BROWNOUT,
    ESP_RST_SDIO
} esp_reset_reason_t;

esp_reset_reason_t esp_reset_reason(void);

#endif
