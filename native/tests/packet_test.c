/* Packet keys and packets: round trips, key update, handles, and every way to be refused. */
#include "check.h"
#include "irohlite_crypto.h"

#define BUFFER_BYTES 1500
#define SLOTS IL_PACKET_KEY_SLOTS

static const uint8_t secret[32] = { 7, 1, 8, 2, 8, 1, 8, 2, 8, 4, 5, 9, 0, 4, 5, 2, 3, 5, 3, 6 };

struct packet {
    uint8_t buffer[BUFFER_BYTES];
    int32_t start;
    int32_t number_offset;
    int32_t end;
};

static int32_t create(int updatable)
{
    int32_t keys = il_packet_keys_create(secret, 32, 0, updatable);
    CHECK(keys > 0, "create: %d", keys);
    return keys;
}

static void release(int32_t keys)
{
    CHECK(il_packet_keys_release(keys) == IL_OK, "release");
}

/* A short-header packet of text bytes at some offset; the first byte carries phase and number length. */
static void seal(int32_t keys, int64_t number, int number_bytes, int phase, int32_t text, struct packet *p)
{
    memset(p->buffer, 0xA5, sizeof p->buffer);
    p->start = 11;
    p->buffer[p->start] = (uint8_t)(0x40 | phase << 2 | (number_bytes - 1));
    for (int i = 0; i < 8; i++) {
        p->buffer[p->start + 1 + i] = (uint8_t)(0xC0 + i);
    }
    p->number_offset = p->start + 9;
    for (int i = 0; i < number_bytes; i++) {
        p->buffer[p->number_offset + i] = (uint8_t)(number >> (8 * (number_bytes - 1 - i)));
    }
    int32_t payload = p->number_offset + number_bytes;
    for (int32_t i = 0; i < text; i++) {
        p->buffer[payload + i] = (uint8_t)(i * 5 + number);
    }
    p->end = il_packet_seal(keys, p->buffer, BUFFER_BYTES, p->start, p->number_offset, payload, payload + text, number);
    CHECK(p->end == payload + text + 16, "seal: %d", p->end);
    for (int32_t i = 0; i < BUFFER_BYTES; i++) {
        CHECK((i >= p->start && i < p->end) || p->buffer[i] == 0xA5, "seal wrote at %d", i);
    }
}

static int32_t open_packet(int32_t keys, struct packet *p, int64_t largest, int64_t *opened)
{
    return il_packet_open(keys, p->buffer, p->end, p->start, p->number_offset, p->end, largest, opened, 3);
}

static void expect_open(int32_t keys, const struct packet *sealed, int64_t largest, int64_t number, int generation, int32_t text)
{
    struct packet p = *sealed;
    int64_t opened[3] = { -9, -9, -9 };
    CHECK(open_packet(keys, &p, largest, opened) == text, "open %lld", (long long)number);
    CHECK(opened[0] == number && opened[2] == generation, "opened %lld with generation %lld", (long long)opened[0], (long long)opened[2]);
    for (int32_t i = 0; i < text; i++) {
        CHECK(p.buffer[opened[1] + i] == (uint8_t)(i * 5 + number), "text at %d", i);
    }
    CHECK(p.buffer[p.start + 1] == 0xC0 && (p.buffer[p.start] & 0xC0) == 0x40, "header");
}

static void expect_refused(int32_t keys, const struct packet *sealed, int64_t largest)
{
    struct packet p = *sealed;
    int64_t opened[3] = { -9, -9, -9 };
    CHECK(open_packet(keys, &p, largest, opened) == IL_REFUSED, "opened what it must not");
    CHECK(opened[0] == -9 && opened[1] == -9 && opened[2] == -9, "results of a refused packet");
}

static void round_trips(void)
{
    int32_t keys = create(0);
    struct packet p;
    for (int number_bytes = 1; number_bytes <= 4; number_bytes++) {
        for (int32_t text = 4 - number_bytes; text <= 1200; text += text < 40 ? 1 : 290) {
            int64_t number = (INT64_C(1) << (8 * number_bytes - 1)) - 3 + text;
            seal(keys, number, number_bytes, 0, text, &p);
            expect_open(keys, &p, number - 1, number, 1, text);
        }
    }
    release(keys);
}

static void packet_numbers(void)
{
    static const int64_t top = (INT64_C(1) << 62) - 1;
    static const struct {
        int64_t largest, number;
        int bytes;
    } cases[] = { { -1, 0, 1 },          { -1, 127, 1 },        { 0xa82f30ea, 0xa82f9b32, 2 }, { 300, 301, 1 },
                  { 1000, 900, 1 },      { 255, 256, 1 },       { 256, 255, 1 },               { top - 1, top, 1 },
                  { top - 200, top, 2 }, { top, top - 100, 1 }, { 0x7fffffff, 0x80000000, 4 }, { top, top, 4 } };
    int32_t keys = create(1);
    struct packet p;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        seal(keys, cases[i].number, cases[i].bytes, 0, 20, &p);
        expect_open(keys, &p, cases[i].largest, cases[i].number, 1, 20);
    }
    seal(keys, 5, 1, 0, 20, &p);
    expect_refused(keys, &p, 1000); /* taken for 1029 or 773: another nonce */
    release(keys);
}

static void key_update(void)
{
    int32_t sender = create(1);
    int32_t receiver = create(1);
    struct packet old[3];
    struct packet fresh[3];
    for (int i = 0; i < 3; i++) {
        seal(sender, 10 + i, 2, 0, 50, &old[i]);
    }
    CHECK(il_packet_keys_rotate(sender, 13) == IL_OK, "rotate");
    for (int i = 0; i < 3; i++) {
        seal(sender, 13 + i, 2, 1, 50, &fresh[i]);
    }
    expect_open(receiver, &old[0], 9, 10, 1, 50);
    expect_open(receiver, &fresh[0], 10, 13, 2, 50); /* the peer has updated */
    expect_open(receiver, &fresh[1], 13, 14, 2, 50); /* until the receiver follows */
    CHECK(il_packet_keys_rotate(receiver, 13) == IL_OK, "rotate");
    expect_open(receiver, &fresh[2], 14, 15, 1, 50);
    expect_open(receiver, &old[1], 15, 11, 0, 50); /* late */
    CHECK(il_packet_keys_drop_previous(receiver) == IL_OK, "drop");
    expect_refused(receiver, &old[2], 15);
    CHECK(il_packet_keys_drop_previous(receiver) == IL_OK, "drop again");

    /* An old number under keys of the next generation is opened, so that the caller can close for it (RFC 9001 section 6.4). */
    int32_t ahead = create(1);
    struct packet early;
    CHECK(il_packet_keys_rotate(ahead, 0) == IL_OK && il_packet_keys_rotate(ahead, 0) == IL_OK, "rotate");
    seal(ahead, 5, 2, 0, 50, &early);
    expect_open(receiver, &early, 15, 5, 2, 50);
    release(ahead);

    /* Several updates: both sides derive the same chain, and the header key never changes. */
    struct packet p;
    for (int generation = 2; generation < 8; generation++) {
        CHECK(il_packet_keys_rotate(sender, 100 * generation) == IL_OK, "rotate");
        seal(sender, 100 * generation, 2, generation % 2, 30, &p);
        expect_open(receiver, &p, 100 * generation - 1, 100 * generation, 2, 30);
        CHECK(il_packet_keys_rotate(receiver, 100 * generation) == IL_OK, "rotate");
        expect_open(receiver, &p, 100 * generation - 1, 100 * generation, 1, 30);
    }
    CHECK(il_packet_keys_rotate(receiver, -1) == IL_RANGE && il_packet_keys_rotate(receiver, INT64_C(1) << 62) == IL_RANGE, "number");
    release(sender);
    release(receiver);

    int32_t fixed = create(0);
    CHECK(il_packet_keys_rotate(fixed, 1) == IL_STATE, "keys that are not updatable");
    release(fixed);
}

static void damage(void)
{
    int32_t keys = create(1);
    struct packet good;
    seal(keys, 77, 2, 0, 60, &good);
    for (int32_t bit = 8 * good.start; bit < 8 * good.end; bit++) {
        struct packet bad = good;
        bad.buffer[bit / 8] ^= (uint8_t)(1 << (bit % 8));
        expect_refused(keys, &bad, 76);
    }
    for (int32_t end = good.number_offset; end < good.end; end++) {
        struct packet bad = good;
        bad.end = end;
        expect_refused(keys, &bad, 76);
    }
    expect_open(keys, &good, 76, 77, 1, 60);
    release(keys);
}

static void handles(void)
{
    static int32_t all[SLOTS];
    CHECK(il_packet_keys_in_use() == 0, "%d slots in use at the start", il_packet_keys_in_use());
    for (int i = 0; i < SLOTS; i++) {
        all[i] = create(i % 2);
        for (int k = 0; k < i; k++) {
            CHECK(all[k] != all[i], "handle given twice");
        }
    }
    CHECK(il_packet_keys_create(secret, 32, 0, 0) == IL_NO_SLOT && il_packet_keys_in_use() == SLOTS, "full table");
    release(all[3]);
    CHECK(il_packet_keys_release(all[3]) == IL_HANDLE, "released twice");
    int32_t again = create(0);
    CHECK(again != all[3], "a released handle came back at once");
    static const int32_t none[] = { 0, -1, INT32_MIN, INT32_MAX, 0x10000, SLOTS + 1 };
    uint8_t buffer[100] = { 0 };
    int64_t opened[3];
    for (size_t i = 0; i <= sizeof none / sizeof none[0]; i++) {
        int32_t keys = i == 0 ? all[3] : none[i - 1];
        CHECK(il_packet_keys_rotate(keys, 1) == IL_HANDLE && il_packet_keys_drop_previous(keys) == IL_HANDLE &&
                  il_packet_keys_release(keys) == IL_HANDLE &&
                  il_packet_open(keys, buffer, 100, 0, 1, 100, -1, opened, 3) == IL_HANDLE &&
                  il_packet_seal(keys, buffer, 100, 0, 1, 2, 50, 0) == IL_HANDLE, "handle %d", keys);
    }
    all[3] = again;
    for (int i = 0; i < SLOTS; i++) {
        release(all[i]);
    }
    CHECK(il_packet_keys_in_use() == 0, "slots left");
}

static void arguments(void)
{
    static const int32_t numbers[] = { INT32_MIN, -1, 0, 1, 2, 30, 60, 84, 85, 99, 100, 101, INT32_MAX };
    enum { COUNT = sizeof numbers / sizeof numbers[0] };
    int32_t keys = create(1);
    int64_t opened[3];
    int sound = 0;
    uint8_t *buffer = malloc(100); /* so that the sanitizer sees any byte outside */
    CHECK(buffer != NULL, "out of memory");
    memset(buffer, 0x41, 100);
    for (int i = 0; i < COUNT * COUNT * COUNT; i++) {
        int32_t a = numbers[i % COUNT];
        int32_t b = numbers[i / COUNT % COUNT];
        int32_t c = numbers[i / COUNT / COUNT];
        int in_range = a >= 0 && b > a && c >= b && c <= 100;
        int32_t status = il_packet_open(keys, buffer, 100, a, b, c, -1, opened, 3);
        CHECK(status == (in_range ? IL_REFUSED : IL_RANGE), "open(%d, %d, %d): %d", a, b, c, status);
        for (int number_bytes = 0; number_bytes <= 5; number_bytes++) {
            if (b > INT32_MAX - number_bytes) {
                continue;
            }
            int may = a >= 0 && b > a && number_bytes >= 1 && number_bytes <= 4 && c >= b + number_bytes && c - b >= 4 && c <= 84;
            status = il_packet_seal(keys, buffer, 100, a, b, b + number_bytes, c, 1);
            CHECK(status == (may ? c + 16 : IL_RANGE), "seal(%d, %d, +%d, %d): %d", a, b, number_bytes, c, status);
            sound += may;
        }
    }
    CHECK(sound > 20, "%d sound calls", sound);
    CHECK(il_packet_open(keys, NULL, 100, 0, 1, 50, -1, opened, 3) == IL_NULL, "no buffer");
    CHECK(il_packet_open(keys, buffer, 100, 0, 1, 50, -1, NULL, 3) == IL_NULL, "no results");
    CHECK(il_packet_open(keys, buffer, 100, 0, 1, 50, -1, opened, 2) == IL_RANGE, "two results");
    CHECK(il_packet_open(keys, buffer, 100, 0, 1, 50, -2, opened, 3) == IL_RANGE, "largest -2");
    CHECK(il_packet_open(keys, buffer, 100, 0, 1, 50, INT64_C(1) << 62, opened, 3) == IL_RANGE, "largest 2^62");
    CHECK(il_packet_open(keys, buffer, -1, 0, 1, 0, -1, opened, 3) == IL_RANGE, "size -1");
    CHECK(il_packet_seal(keys, NULL, 100, 0, 1, 2, 50, 0) == IL_NULL, "no buffer");
    CHECK(il_packet_seal(keys, buffer, 100, 0, 1, 2, 50, -1) == IL_RANGE, "number -1");
    CHECK(il_packet_seal(keys, buffer, 100, 0, 1, 2, 50, INT64_C(1) << 62) == IL_RANGE, "number 2^62");
    uint8_t odd[25];
    struct packet p;
    seal(keys, 9, 1, 0, 30, &p);
    CHECK(il_packet_open(keys, p.buffer, p.end, p.start, p.number_offset, p.end, 8, odd + 1, 3) == 30, "results at an odd address");
    free(buffer);
    release(keys);
}

int main(void)
{
    round_trips();
    packet_numbers();
    key_update();
    damage();
    handles();
    arguments();
    return 0;
}
