/* Opens vector files and reads hex members. Folder 0 is tests/vectors of the checkout, folder 1 the external one. */
#ifndef IROHLITE_TESTS_JSON_VECTORS_H
#define IROHLITE_TESTS_JSON_VECTORS_H

#include <cjson/cJSON.h>

#include "check.h"

struct bytes {
    uint8_t *data;
    int32_t count;
};

/* NULL where the external vectors are absent, but never in CI. */
cJSON *open_vectors(const char *name, int external);

cJSON *member(cJSON *object, const char *name);

const char *text_of(cJSON *object, const char *name);

/* A hex member; freed with the process, which is short. */
struct bytes bytes_of(cJSON *object, const char *name);

#endif
