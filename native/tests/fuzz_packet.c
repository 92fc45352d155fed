/* libFuzzer targets for packets. FUZZ_SEAL: what was sealed at any place opens again to the same bytes. FUZZ_OPEN: any bytes at
 * any place are refused or, being one flipped byte away from a good packet, never opened as something else. FUZZ_KEYS: any
 * sequence of create, rotate, drop, release, seal and open keeps the table consistent. */
#include "check.h"
#include "irohlite_crypto.h"

#define MAX_NUMBER ((INT64_C(1) << 62) - 1)

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

static int64_t take_long(struct input *in)
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) {
        value = value << 8 | take(in);
    }
    return (int64_t)value;
}

static const uint8_t secret[32] = { 3, 1, 4, 1, 5, 9, 2, 6 };

#ifndef FUZZ_KEYS
static int32_t seal_somewhere(struct input *in, int32_t keys, uint8_t **buffer, int32_t *place, int64_t *number, int32_t *size)
{
    int number_bytes = 1 + take(in) % 4;
    int32_t start = take(in) % 20;
    int32_t header = 1 + take(in) % 30;
    int32_t text = take(in) * 5;
    text = text < 4 ? 4 : text;
    *size = start + header + number_bytes + text + 16 + take(in) % 4;
    *buffer = malloc((size_t)*size);
    CHECK(*buffer != NULL, "out of memory");
    for (int32_t i = 0; i < *size; i++) {
        (*buffer)[i] = take(in);
    }
    (*buffer)[start] = (uint8_t)(((*buffer)[start] & 0xF8) | (number_bytes - 1));
    *number = take_long(in) & MAX_NUMBER;
    for (int i = 0; i < number_bytes; i++) {
        (*buffer)[start + header + i] = (uint8_t)(*number >> (8 * (number_bytes - 1 - i)));
    }
    place[0] = start;
    place[1] = start + header;
    place[2] = start + header + number_bytes;
    place[3] = start + header + number_bytes + text;
    return il_packet_seal(keys, *buffer, *size, place[0], place[1], place[2], place[3], *number);
}
#endif

#if defined(FUZZ_SEAL)
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = { data, size };
    struct input copy = in;
    uint8_t *buffer;
    uint8_t *plain;
    int32_t place[4];
    int32_t buffer_size;
    int64_t number;
    int64_t opened[3];
    int32_t keys = il_packet_keys_create(secret, 32, 0, 0);
    CHECK(keys > 0, "create");
    int32_t end = seal_somewhere(&in, keys, &buffer, place, &number, &buffer_size);
    CHECK(end == place[3] + 16, "seal: %d", end);
    int32_t read = il_packet_open(keys, buffer, buffer_size, place[0], place[1], end, number - 1, opened, 3);
    CHECK(read == place[3] - place[2] && opened[0] == number && opened[1] == place[2] && opened[2] == 1, "open: %d", read);
    /* Handle 0 seals nothing, so this is the text as it was. */
    CHECK(seal_somewhere(&copy, 0, &plain, place, &number, &buffer_size) == IL_HANDLE, "no keys");
    CHECK(memcmp(plain, buffer, (size_t)place[3]) == 0, "the text changed on its way");
    free(plain);
    free(buffer);
    CHECK(il_packet_keys_release(keys) == IL_OK, "release");
    return 0;
}
#elif defined(FUZZ_OPEN)
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = { data, size };
    uint8_t *buffer;
    int32_t place[4];
    int32_t buffer_size;
    int64_t number;
    int64_t opened[3] = { 0 };
    int32_t keys = il_packet_keys_create(secret, 32, 0, 1);
    CHECK(keys > 0, "create");
    uint8_t flags = take(&in);
    if ((flags & 1) != 0) {
        CHECK(il_packet_keys_rotate(keys, take_long(&in) & MAX_NUMBER) == IL_OK, "rotate");
    }
    int32_t end = seal_somewhere(&in, keys, &buffer, place, &number, &buffer_size);
    CHECK(end > 0, "seal: %d", end);
    uint8_t change = take(&in);
    uint64_t where = (flags & 2) != 0 ? (uint64_t)take_long(&in) % (uint64_t)(end - place[0]) : 0;
    buffer[place[0] + (int32_t)where] ^= change;
    int32_t status;
    if ((flags & 4) != 0) {
        status = il_packet_open(keys, buffer, buffer_size, (int32_t)take_long(&in), (int32_t)take_long(&in), (int32_t)take_long(&in),
                                take_long(&in), opened, 3);
        CHECK(status == IL_RANGE || status == IL_REFUSED || status >= 0, "status %d", status);
    } else {
        status = il_packet_open(keys, buffer, buffer_size, place[0], place[1], end, number - 1, opened, 3);
        CHECK(status == IL_REFUSED || (status == place[3] - place[2] && opened[0] == number), "status %d", status);
        CHECK(change == 0 || status == IL_REFUSED, "a changed packet opened");
    }
    free(buffer);
    CHECK(il_packet_keys_release(keys) == IL_OK, "release");
    return 0;
}
#else
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = { data, size };
    int32_t live[IL_PACKET_KEY_SLOTS];
    int updatable[IL_PACKET_KEY_SLOTS];
    int count = 0;
    uint8_t buffer[64];
    int64_t opened[3];
    while (in.left > 0) {
        uint8_t step = take(&in);
        int chosen = count > 0 ? take(&in) % count : 0;
        int32_t keys = count > 0 && (step & 0x80) == 0 ? live[chosen] : (int32_t)take_long(&in);
        int known = count > 0 && (step & 0x80) == 0;
        for (int i = 0; i < count && !known; i++) {
            if (live[i] == keys) {
                known = 1;
                chosen = i;
            }
        }
        int32_t status;
        switch (step % 6) {
        case 0:
            status = il_packet_keys_create(secret, 32, 0, step & 0x40);
            if (count == IL_PACKET_KEY_SLOTS) {
                CHECK(status == IL_NO_SLOT, "create in a full table: %d", status);
            } else {
                CHECK(status > 0, "create: %d", status);
                updatable[count] = (step & 0x40) != 0;
                live[count++] = status;
            }
            break;
        case 1:
            status = il_packet_keys_release(keys);
            CHECK(status == (known ? IL_OK : IL_HANDLE), "release: %d", status);
            if (known) {
                count--;
                live[chosen] = live[count];
                updatable[chosen] = updatable[count];
            }
            break;
        case 2:
            status = il_packet_keys_rotate(keys, 5);
            CHECK(status == (!known ? IL_HANDLE : updatable[chosen] ? IL_OK : IL_STATE), "rotate: %d", status);
            break;
        case 3:
            CHECK(il_packet_keys_drop_previous(keys) == (known ? IL_OK : IL_HANDLE), "drop");
            break;
        case 4:
            memset(buffer, step, sizeof buffer);
            status = il_packet_seal(keys, buffer, 64, 0, 1, 3, 40, take_long(&in));
            CHECK(status == 56 || status == IL_RANGE || (!known && status == IL_HANDLE), "seal: %d", status);
            break;
        default:
            status = il_packet_open(keys, buffer, 64, 0, 1, 56, take_long(&in), opened, 3);
            CHECK(status >= 0 || status == IL_REFUSED || status == IL_RANGE || (!known && status == IL_HANDLE), "open: %d", status);
            break;
        }
        CHECK(il_packet_keys_in_use() == count, "%d in use, %d expected", il_packet_keys_in_use(), count);
    }
    while (count > 0) {
        CHECK(il_packet_keys_release(live[--count]) == IL_OK, "release");
    }
    return 0;
}
#endif
