/* What tests set and observe in the stand-in of the chip. */
#ifndef IROHLITE_SERVICES_HOST_H
#define IROHLITE_SERVICES_HOST_H

#include "irohlite_services.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Back to a chip after power-on: no key, no watchdog, not connected. */
void il_host_reset(void);

void il_host_set_reset_reason(int32_t reason);

/* dbm -127 to -1, or 0 for not connected. */
void il_host_set_wifi_rssi(int32_t dbm);

/* Lets time pass; returns 1 once the watchdog has gone unfed for its whole time, else 0. */
int32_t il_host_advance_ms(int32_t elapsed_ms);

#ifdef __cplusplus
}
#endif

#endif
