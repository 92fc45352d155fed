/* For every call: regions in padded arrays give the same result anywhere; bad regions are refused and touch nothing; regions
 * may overlap as the header says. Sanitizers watch for reads and writes outside. */
#include "check.h"
#include "entries.h"
#include "irohlite_crypto.h"

#define GUARD_BYTES 19
#define MAX_ARRAY 1024

struct placed {
    struct region region[MAX_REGIONS];
    uint8_t *exact[MAX_REGIONS]; /* heap blocks of exactly the array's size, so that one byte too far is seen */
};

static uint64_t random_state = 88172645463325252u;

static int32_t length(const struct entry *e, int i, int32_t count)
{
    return count + e->kinds[i].behind;
}

/* Arrays of offset + length + after bytes, filled with repeatable content. */
static void place(const struct entry *e, const int32_t *counts, int32_t offset, int32_t after, uint64_t seed, struct placed *p)
{
    for (int i = 0; i < e->region_count; i++) {
        int32_t needed = length(e, i, counts[i]);
        int32_t size = offset + needed + after;
        uint64_t content = seed + (uint64_t)i;
        p->exact[i] = malloc((size_t)size == 0 ? 1 : (size_t)size);
        CHECK(p->exact[i] != NULL, "out of memory");
        memset(p->exact[i], 0xA5, (size_t)size);
        fill_random(&content, p->exact[i] + offset, (size_t)needed);
        p->region[i] = (struct region){ p->exact[i], size, offset, counts[i] };
    }
    if (e->prepare != NULL) {
        e->prepare(p->region);
    }
}

static void drop(const struct entry *e, struct placed *p)
{
    for (int i = 0; i < e->region_count; i++) {
        free(p->exact[i]);
    }
}

static void check_padding(const struct entry *e, const struct placed *p)
{
    for (int i = 0; i < e->region_count; i++) {
        int32_t start = p->region[i].offset;
        int32_t end = start + length(e, i, p->region[i].count);
        for (int32_t k = 0; k < p->region[i].size; k++) {
            CHECK((k >= start && k < end) || p->region[i].array[k] == 0xA5, "%s wrote outside %s", e->name, e->kinds[i].name);
        }
    }
}

static void check_same(const struct entry *e, const struct placed *a, const struct placed *b)
{
    for (int i = 0; i < e->region_count; i++) {
        CHECK(memcmp(a->region[i].array + a->region[i].offset, b->region[i].array + b->region[i].offset,
                     (size_t)length(e, i, a->region[i].count)) == 0,
              "%s: %s depends on where it lies", e->name, e->kinds[i].name);
    }
}

static int placements(const struct entry *e, const int32_t *counts)
{
    static const int32_t offsets[] = { 1, 3, GUARD_BYTES };
    struct placed base;
    int runs = 0;
    uint64_t seed = next_random(&random_state);
    place(e, counts, 0, 0, seed, &base);
    int32_t status = e->call(base.region);
    for (size_t k = 0; k < sizeof offsets / sizeof offsets[0]; k++) {
        struct placed moved;
        place(e, counts, offsets[k], (int32_t)k * GUARD_BYTES, seed, &moved);
        CHECK(e->call(moved.region) == status, "%s with counts %d %d", e->name, counts[0], counts[1]);
        check_same(e, &base, &moved);
        check_padding(e, &moved);
        drop(e, &moved);
        runs++;
    }
    drop(e, &base);
    return runs;
}

/* One region at a time is made unsound; the call must say so and leave every byte as it is. */
static int unsound(const struct entry *e, const int32_t *counts)
{
    static const int32_t wrong[] = { -1, INT32_MIN, INT32_MAX };
    int runs = 0;
    for (int i = 0; i < e->region_count; i++) {
        int fixed = e->kinds[i].min == e->kinds[i].max;
        for (int way = 0; way < 16; way++) {
            struct placed p;
            struct placed before;
            uint64_t seed = next_random(&random_state);
            place(e, counts, 2, 3, seed, &p);
            place(e, counts, 2, 3, seed, &before);
            struct region *r = &p.region[i];
            int32_t expected = IL_RANGE;
            int32_t needed = length(e, i, counts[i]);
            int active = 1;
            if (way < 3) {
                r->offset = wrong[way];
            } else if (way < 6) {
                r->count = wrong[way - 3];
                active = !fixed;
            } else if (way == 6) {
                r->size = r->offset + needed - 1;
                active = needed > 0;
            } else if (way == 7) {
                r->size = -1;
            } else if (way == 8) {
                r->size = INT32_MIN;
            } else if (way == 9) {
                r->array = NULL;
                expected = IL_NULL;
            } else if (way == 10) {
                *r = (struct region){ NULL, 0, 0, counts[i] };
                expected = IL_NULL;
                active = needed > 0;
            } else if (way == 11) {
                r->offset = r->size;
                active = needed > 0;
            } else if (way == 12) {
                r->offset = r->size + 1;
            } else if (way == 13) {
                r->count = e->kinds[i].max + 1;
                active = e->too_long_is_refused && !fixed && r->count <= r->size - r->offset;
            } else if (way == 14) {
                r->size = 0;
                active = needed + r->offset > 0;
            } else {
                r->offset = r->size - needed + 1;
                active = needed > 0;
            }
            if (active) {
                int32_t status = e->call(p.region);
                CHECK(status == expected, "%s, %s unsound in way %d: status %d", e->name, e->kinds[i].name, way, status);
                for (int k = 0; k < e->region_count; k++) {
                    CHECK(memcmp(p.exact[k], before.exact[k], (size_t)before.region[k].size) == 0, "%s, %s: way %d wrote",
                          e->name, e->kinds[k].name, way);
                }
                runs++;
            }
            drop(e, &p);
            drop(e, &before);
        }
    }
    return runs;
}

/* Two regions in one array, at every distance; the expected result comes from copies that lie apart. */
static int overlapping(const struct entry *e, const int32_t *counts)
{
    int runs = 0;
    for (int i = 0; i < e->region_count; i++) {
        for (int j = 0; j < e->region_count; j++) {
            int32_t li = length(e, i, counts[i]);
            int32_t lj = length(e, j, counts[j]);
            for (int32_t shift = -lj; i != j && shift <= li; shift += e->slow ? 7 : 1) {
                static uint8_t shared[MAX_ARRAY];
                struct placed apart;
                struct region r[MAX_REGIONS];
                uint64_t seed = next_random(&random_state);
                place(e, counts, 0, 0, seed, &apart);
                memcpy(r, apart.region, sizeof r);
                fill_random(&seed, shared, sizeof shared);
                r[i] = (struct region){ shared, MAX_ARRAY, 300, counts[i] };
                r[j] = (struct region){ shared, MAX_ARRAY, 300 + shift, counts[j] };
                memcpy(apart.region[i].array, shared + r[i].offset, (size_t)li);
                memcpy(apart.region[j].array, shared + r[j].offset, (size_t)lj);
                int meets = shift < li && shift + lj > 0 && li > 0 && lj > 0;
                int forbidden = meets && ((e->kinds[i].direction == IN_PLACE && strcmp(e->kinds[j].name, "aad") == 0) ||
                                          (e->kinds[j].direction == IN_PLACE && strcmp(e->kinds[i].name, "aad") == 0));
                int32_t expected = e->call(apart.region);
                int32_t status = e->call(r);
                if (!forbidden) {
                    CHECK(status == expected, "%s: %s and %s %d apart: %d", e->name, e->kinds[i].name, e->kinds[j].name, shift, status);
                    for (int k = 0; k < e->region_count; k++) {
                        if (e->kinds[k].direction != INPUT) {
                            CHECK(memcmp(r[k].array + r[k].offset, apart.region[k].array, (size_t)length(e, k, counts[k])) == 0,
                                  "%s: %s and %s %d apart", e->name, e->kinds[i].name, e->kinds[j].name, shift);
                        }
                    }
                } else if (expected == IL_OK || counts[3] >= 16) {
                    CHECK(status == IL_OVERLAP, "%s: aad in the buffer: %d", e->name, status);
                }
                drop(e, &apart);
                runs++;
            }
        }
    }
    return runs;
}

/* All counts of one region at a time, the others at their least and at their most. */
static int all_counts(const struct entry *e)
{
    int runs = 0;
    for (int varied = 0; varied < e->region_count; varied++) {
        for (int others = 0; others < 2; others++) {
            int32_t counts[MAX_REGIONS] = { 0 };
            for (int i = 0; i < e->region_count; i++) {
                counts[i] = others ? e->kinds[i].max : e->kinds[i].min;
            }
            for (int32_t count = e->kinds[varied].min; count <= e->kinds[varied].max; count += e->slow ? 11 : 1) {
                counts[varied] = count;
                runs += placements(e, counts);
            }
        }
    }
    return runs;
}

int main(void)
{
    int total = 0;
    for (int k = 0; k < entry_count; k++) {
        const struct entry *e = &entries[k];
        int32_t least[MAX_REGIONS] = { 0 };
        int32_t most[MAX_REGIONS] = { 0 };
        for (int i = 0; i < e->region_count; i++) {
            least[i] = e->kinds[i].min;
            most[i] = e->kinds[i].max;
        }
        int runs = all_counts(e) + unsound(e, least) + unsound(e, most) + overlapping(e, most);
        printf("%-20s %6d runs\n", e->name, runs);
        total += runs;
    }
    CHECK(entry_count == 18 && total > 5000, "only %d runs over %d calls", total, entry_count);
    return 0;
}
