/* Every call that takes byte regions, described once: the argument tests and the fuzz targets walk this table. */
#ifndef IROHLITE_TESTS_ENTRIES_H
#define IROHLITE_TESTS_ENTRIES_H

#include <stdint.h>

#define MAX_REGIONS 4

struct region {
    uint8_t *array;
    int32_t size;
    int32_t offset;
    int32_t count; /* what is passed as count, or the fixed length */
};

enum direction { INPUT, OUTPUT, IN_PLACE };

struct region_kind {
    const char *name;
    enum direction direction;
    int32_t min; /* counts allowed; equal for a fixed length */
    int32_t max;
    int32_t behind; /* bytes the call also needs behind the region */
};

struct entry {
    const char *name;
    int region_count;
    struct region_kind kinds[MAX_REGIONS];
    int32_t (*call)(const struct region *r);
    void (*prepare)(const struct region *r); /* turns random content into content the call accepts; may be NULL */
    int too_long_is_refused;                 /* 1 when a count above max gives IL_RANGE of its own */
    int slow;
};

extern const struct entry entries[];
extern const int entry_count;

#endif
