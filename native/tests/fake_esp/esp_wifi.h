#ifndef DECLARED_ESP_WIFI_H
#define DECLARED_ESP_WIFI_H

#include "esp_system.h"

typedef struct {
    uint8_t bssid[6];
    uint8_t ssid[33];
    uint8_t primary;
    int8_t rssi;
} wifi_ap_record_t;

esp_err_t esp_wifi_sta_get_ap_info(wifi_ap_record_t *ap_info);

#endif
