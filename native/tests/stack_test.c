/* Runs every call on a stack of its own, filled with a pattern, and reports how deep it went. No sanitizers here: they change
 * the frames. The limit is the share of the device's 15,000-byte task that a call may take. */
#include <pthread.h>
#include <sys/mman.h>

#include "check.h"
#include "entries.h"
#include "irohlite_crypto.h"

#define STACK_BYTES (256 * 1024)
#define LIMIT_BYTES 6144

static const struct entry *current;
static int packet_call;

static uint8_t arrays[MAX_REGIONS][512];
static struct region regions[MAX_REGIONS];

static void prepare_entry(void)
{
    for (int i = 0; i < current->region_count; i++) {
        memset(arrays[i], 9 + i, sizeof arrays[i]);
        regions[i] = (struct region){ arrays[i], sizeof arrays[i], 0, current->kinds[i].max };
    }
    if (current->prepare != NULL) {
        current->prepare(regions);
    }
}

static void run_entry(void)
{
    CHECK(current->call(regions) == (strcmp(current->name, "equal") == 0 ? IL_REFUSED : IL_OK), "%s", current->name);
}

static void run_packet(void)
{
    static uint8_t buffer[1300];
    static int32_t keys;
    static const uint8_t secret[32] = { 1 };
    int64_t opened[3];
    switch (packet_call) {
    case 0:
        keys = il_packet_keys_create(secret, 32, 0, 1);
        break;
    case 1:
        buffer[0] = 0x41;
        CHECK(il_packet_seal(keys, buffer, 1300, 0, 9, 11, 1211, 0) == 1227, "seal");
        break;
    case 2:
        CHECK(il_packet_open(keys, buffer, 1300, 0, 9, 1227, -1, opened, 3) > 0, "open");
        break;
    case 3:
        CHECK(il_packet_keys_rotate(keys, 1) == IL_OK, "rotate");
        buffer[0] = 0x41;
        CHECK(il_packet_seal(keys, buffer, 1300, 0, 9, 11, 1211, 0) == 1227, "seal");
        break;
    default: /* the other phase and a number of the old one: keyed for one packet */
        CHECK(il_packet_open(keys, buffer, 1300, 0, 9, 1227, -1, opened, 3) == IL_REFUSED, "open with previous keys");
        CHECK(il_packet_keys_release(keys) == IL_OK, "release");
        break;
    }
}

static void nothing(void)
{
}

static void (*body)(void);

static void *thread(void *argument)
{
    body();
    return argument;
}

static size_t depth_of(void (*function)(void))
{
    uint8_t *stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    pthread_attr_t attributes;
    pthread_t id;
    CHECK(stack != MAP_FAILED, "out of memory");
    memset(stack, 0xCC, STACK_BYTES);
    body = function;
    CHECK(pthread_attr_init(&attributes) == 0 && pthread_attr_setstack(&attributes, stack, STACK_BYTES) == 0 &&
              pthread_create(&id, &attributes, thread, NULL) == 0 && pthread_join(id, NULL) == 0, "thread");
    size_t untouched = 0;
    while (untouched < STACK_BYTES && stack[untouched] == 0xCC) {
        untouched++;
    }
    CHECK(munmap(stack, STACK_BYTES) == 0, "unmap");
    return STACK_BYTES - untouched;
}

static void report(const char *name, size_t idle)
{
    prepare_entry();
    depth_of(run_entry); /* the first call also resolves symbols */
    prepare_entry();
    size_t depth = depth_of(run_entry) - idle;
    printf("%-28s %5zu bytes\n", name, depth);
    CHECK(depth <= LIMIT_BYTES, "%s uses %zu bytes of stack", name, depth);
}

int main(void)
{
    static const char *const packet_names[] = { "packet_keys_create", "packet_seal 1200", "packet_open 1200", "packet_keys_rotate",
                                                "packet_open, other keys" };
    size_t idle = depth_of(nothing);
    for (int i = 0; i < entry_count; i++) {
        current = &entries[i];
        if (strstr(current->name, "blob") == NULL) {
            report(current->name, idle);
        }
    }
    for (packet_call = 0; packet_call < 5; packet_call++) {
        size_t depth = depth_of(run_packet) - idle;
        printf("%-28s %5zu bytes\n", packet_names[packet_call], depth);
        CHECK(depth <= LIMIT_BYTES, "%s uses %zu bytes of stack", packet_names[packet_call], depth);
    }
    return 0;
}
