/* One libFuzzer target per call of the table: -DFUZZ_ENTRY=<index>. The input chooses sizes, offsets, counts (sound or wild)
 * and contents; the sanitizers and the list of documented results judge. */
#include "check.h"
#include "entries.h"
#include "irohlite_crypto.h"
#include "services_host.h"

struct input {
    const uint8_t *data;
    size_t left;
};

static uint8_t take(struct input *in)
{
    if (in->left == 0) {
        return 0;
    }
    in->left--;
    return *in->data++;
}

static int32_t take_wild(struct input *in)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        value = value << 8 | take(in);
    }
    return (int32_t)value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct entry *e = &entries[FUZZ_ENTRY];
    CHECK(strcmp(e->name, FUZZ_NAME) == 0, "entry %d is %s", FUZZ_ENTRY, e->name);
    struct input in = { data, size };
    struct region r[MAX_REGIONS];
    uint8_t *arrays[MAX_REGIONS];
    int sound = 1;
    il_host_reset();
    uint8_t flags = take(&in);
    for (int i = 0; i < e->region_count; i++) {
        const struct region_kind *kind = &e->kinds[i];
        int32_t count = kind->min + take(&in) % (kind->max - kind->min + 1);
        int32_t offset = take(&in) % 32;
        int32_t array_size = offset + count + kind->behind + take(&in) % 8;
        arrays[i] = malloc((size_t)array_size == 0 ? 1 : (size_t)array_size);
        CHECK(arrays[i] != NULL, "out of memory");
        for (int32_t k = 0; k < array_size; k++) {
            arrays[i][k] = take(&in);
        }
        r[i] = (struct region){ arrays[i], array_size, offset, count };
    }
    if ((flags & 1) != 0 && e->prepare != NULL) {
        e->prepare(r);
    }
    for (int i = 0; i < e->region_count; i++) {
        uint8_t wild = take(&in);
        if ((wild & 0xC1) == 0xC1) {
            r[i].offset = take_wild(&in);
            sound = 0;
        }
        if ((wild & 0xC2) == 0xC2) {
            r[i].count = take_wild(&in); /* a fixed length ignores it */
            sound = 0;
        }
        if ((wild & 0xC4) == 0xC4) {
            /* never more than there is: the size is the caller's word */
            r[i].size = (int32_t)((uint32_t)take_wild(&in) % (uint32_t)(r[i].size + 1));
            sound = 0;
        }
        if ((wild & 0xC8) == 0xC8) {
            r[i].array = NULL;
            sound = 0;
        }
    }
    int32_t status = e->call(r);
    CHECK(status == IL_OK || status == IL_REFUSED || status == IL_RANGE || status == IL_NULL || status == IL_OVERLAP, "status %d", status);
    CHECK(!sound || status >= IL_REFUSED || strstr(e->name, "blob") != NULL || strcmp(e->name, "equal") == 0, "sound arguments gave %d", status);
    for (int i = 0; i < e->region_count; i++) {
        free(arrays[i]);
    }
    return 0;
}
