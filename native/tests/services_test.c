/* The stand-in of the chip behaves as irohlite_services.h says of the real one. */
#include "check.h"
#include "services_host.h"

#define OUT(array) array, (int32_t)sizeof(array), 0

static const uint8_t name[] = { 's', 'e', 'c', 'r', 'e', 't' };

static void watchdog(void)
{
    il_host_reset();
    CHECK(il_node_watchdog_feed() == IL_STATE, "fed before it was started");
    CHECK(il_node_watchdog_start(999) == IL_RANGE && il_node_watchdog_start(600001) == IL_RANGE, "limits");
    CHECK(il_host_advance_ms(100000) == 0, "barked without having been started");
    CHECK(il_node_watchdog_start(5000) == IL_OK, "start");
    CHECK(il_host_advance_ms(4999) == 0 && il_node_watchdog_feed() == IL_OK && il_host_advance_ms(4999) == 0, "fed in time");
    CHECK(il_host_advance_ms(1) == 1, "not fed in time");
    CHECK(il_node_watchdog_start(8000) == IL_OK && il_host_advance_ms(7999) == 0, "another time");
    CHECK(il_node_watchdog_stop() == IL_OK && il_host_advance_ms(9000) == 0 && il_node_watchdog_stop() == IL_OK, "stop");
}

static void blobs(void)
{
    uint8_t key[32];
    uint8_t other[33];
    uint8_t read[32];
    memset(key, 0x5A, sizeof key);
    memset(other, 0x33, sizeof other);
    il_host_reset();
    CHECK(il_node_read_blob(OUT(name), 6, OUT(read), 32) == IL_REFUSED, "absent");
    CHECK(il_node_write_blob(OUT(name), 6, OUT(key), 32) == IL_OK, "write");
    CHECK(il_node_read_blob(OUT(name), 6, OUT(read), 32) == IL_OK && memcmp(read, key, 32) == 0, "read");
    CHECK(il_node_read_blob(OUT(name), 5, OUT(read), 32) == IL_REFUSED, "another name");
    CHECK(il_node_read_blob(OUT(name), 6, OUT(read), 31) == IL_REFUSED, "another size");
    CHECK(il_node_write_blob(OUT(name), 6, OUT(other), 33) == IL_OK && il_node_read_blob(OUT(name), 6, OUT(read), 32) == IL_REFUSED, "replaced");
    static const uint8_t bad[] = { 'a', ' ', 0, 0x7f, 0xe4 };
    for (int i = 1; i < 5; i++) {
        CHECK(il_node_write_blob(bad, 5, i, 1, OUT(key), 32) == IL_RANGE, "name with byte %d", bad[i]);
    }
}

int main(void)
{
    il_host_reset();
    CHECK(il_node_reset_reason() == IL_RESET_POWER_ON, "reason");
    il_host_set_reset_reason(IL_RESET_TASK_WATCHDOG);
    CHECK(il_node_reset_reason() == IL_RESET_TASK_WATCHDOG, "reason");
    CHECK(il_node_wifi_rssi() == 0, "not connected");
    il_host_set_wifi_rssi(-61);
    CHECK(il_node_wifi_rssi() == -61, "connected");
    watchdog();
    blobs();
    return 0;
}
