/* RFC 5869, 7748, 8032, 8448, 9001 and BLAKE3. */
#include "irohlite_crypto.h"
#include "json_vectors.h"

/* The context key of BLAKE3's derive_key is made with the same compression function in another mode. */
#define il_blake3_derive_key blake3_under_test
#include "../crypto/blake3.c"
#undef il_blake3_derive_key

#define ALL(b) (b).data, (b).count, 0
#define COUNTED(b) ALL(b), (b).count
#define OUT(array) array, (int32_t)sizeof(array), 0

static int same(const uint8_t *found, struct bytes expected)
{
    return memcmp(found, expected.data, (size_t)expected.count) == 0;
}

static void rfc5869(void)
{
    int ran = 0;
    cJSON *vector;
    cJSON_ArrayForEach(vector, member(open_vectors("rfc5869.json", 0), "cases"))
    {
        if (strcmp(text_of(vector, "hash"), "sha256") != 0) {
            continue;
        }
        uint8_t prk[32];
        uint8_t okm[128];
        uint8_t block[32 + 256 + 1];
        struct bytes salt = bytes_of(vector, "salt");
        struct bytes ikm = bytes_of(vector, "ikm");
        struct bytes info = bytes_of(vector, "info");
        struct bytes expected = bytes_of(vector, "okm");
        CHECK(il_hmac_sha256(COUNTED(salt), COUNTED(ikm), OUT(prk)) == IL_OK && same(prk, bytes_of(vector, "prk")), "extract");
        int32_t chain = 0;
        for (int32_t done = 0, i = 1; done < expected.count; done += 32, i++) {
            memcpy(block + chain, info.data, (size_t)info.count);
            block[chain + info.count] = (uint8_t)i;
            CHECK(il_hmac_sha256(prk, 32, 0, 32, OUT(block), chain + info.count + 1, OUT(block)) == IL_OK, "expand");
            chain = 32;
            memcpy(okm + done, block, 32);
        }
        CHECK(same(okm, expected), "case %d", ran + 1);
        ran++;
    }
    CHECK(ran == 3, "%d cases", ran);
}

static void rfc7748(void)
{
    cJSON *json = open_vectors("rfc7748.json", 0);
    uint8_t out[32];
    int ran = 0;
    cJSON *vector;
    cJSON_ArrayForEach(vector, member(json, "function"))
    {
        struct bytes scalar = bytes_of(vector, "scalar");
        struct bytes u = bytes_of(vector, "u");
        CHECK(il_x25519_agree(ALL(scalar), ALL(u), OUT(out)) == IL_OK && same(out, bytes_of(vector, "output")), "function");
        ran++;
    }
    cJSON *pair = member(json, "diffie_hellman");
    struct bytes alice = bytes_of(pair, "alice_private");
    struct bytes bob = bytes_of(pair, "bob_public");
    CHECK(il_x25519_public_key(ALL(alice), OUT(out)) == IL_OK && same(out, bytes_of(pair, "alice_public")), "public key");
    CHECK(il_x25519_agree(ALL(alice), ALL(bob), OUT(out)) == IL_OK && same(out, bytes_of(pair, "shared")), "shared");

    cJSON *iterated = member(json, "iterated");
    struct bytes k = bytes_of(iterated, "start");
    struct bytes u = bytes_of(iterated, "start");
    for (int i = 1; i <= 1000; i++) {
        CHECK(il_x25519_agree(ALL(k), ALL(u), OUT(out)) == IL_OK, "iteration %d", i);
        memcpy(u.data, k.data, 32);
        memcpy(k.data, out, 32);
        if (i == 1 || i == 1000) {
            CHECK(same(out, bytes_of(member(iterated, "after"), i == 1 ? "1" : "1000")), "iteration %d", i);
            ran++;
        }
    }
    CHECK(ran == 4, "%d cases", ran);
}

static void rfc8032(void)
{
    int ran = 0;
    cJSON *vector;
    cJSON_ArrayForEach(vector, member(open_vectors("rfc8032_ed25519.json", 0), "cases"))
    {
        uint8_t key[32];
        uint8_t signature[64];
        struct bytes seed = bytes_of(vector, "secret_key");
        struct bytes message = bytes_of(vector, "message");
        CHECK(il_ed25519_public_key(ALL(seed), OUT(key)) == IL_OK && same(key, bytes_of(vector, "public_key")), "public key");
        CHECK(il_ed25519_sign(ALL(seed), OUT(key), COUNTED(message), OUT(signature)) == IL_OK &&
                  same(signature, bytes_of(vector, "signature")), "%s", text_of(vector, "name"));
        CHECK(il_ed25519_verify(OUT(key), COUNTED(message), OUT(signature)) == IL_OK, "%s", text_of(vector, "name"));
        ran++;
    }
    CHECK(ran >= 4, "%d cases", ran);
}

/* The label and context of an info text of RFC 8446 section 7.1: length (2), label (1 + n), context (1 + m). */
static int expand(struct bytes prk, struct bytes info, struct bytes expected)
{
    uint8_t out[64];
    int32_t label = info.data[2];
    int32_t length = info.data[0] << 8 | info.data[1];
    CHECK(length == expected.count && 4 + label + info.data[3 + label] == info.count, "info text");
    CHECK(il_hkdf_expand_label(ALL(prk), info.data, info.count, 3, label, info.data, info.count, 4 + label, info.data[3 + label],
                               OUT(out), length) == IL_OK && same(out, expected), "expand");
    return 1;
}

static struct bytes octets(cJSON *values, const char *name)
{
    return bytes_of(member(values, name), "hex");
}

static void rfc8448(void)
{
    int expanded = 0;
    int extracted = 0;
    cJSON *section;
    cJSON *step;
    cJSON_ArrayForEach(section, member(open_vectors("rfc8448.json", 0), "sections"))
    {
        cJSON_ArrayForEach(step, member(section, "steps"))
        {
            cJSON *values = member(step, "values");
            if (cJSON_HasObjectItem(values, "IKM") && cJSON_HasObjectItem(values, "secret")) {
                uint8_t secret[32];
                struct bytes salt = octets(values, "salt");
                struct bytes ikm = octets(values, "IKM");
                CHECK(il_hmac_sha256(COUNTED(salt), COUNTED(ikm), OUT(secret)) == IL_OK && same(secret, octets(values, "secret")), "extract");
                extracted++;
            } else if (cJSON_HasObjectItem(values, "PRK") && cJSON_HasObjectItem(values, "info")) {
                expanded += expand(octets(values, "PRK"), octets(values, "info"), octets(values, "expanded"));
            } else if (cJSON_HasObjectItem(values, "PRK") && cJSON_HasObjectItem(values, "key info")) {
                expanded += expand(octets(values, "PRK"), octets(values, "key info"), octets(values, "key expanded"));
                expanded += expand(octets(values, "PRK"), octets(values, "iv info"), octets(values, "iv expanded"));
            }
        }
    }
    CHECK(expanded > 60 && extracted > 6, "%d expanded, %d extracted", expanded, extracted);
    printf("rfc8448: %d expanded, %d extracted\n", expanded, extracted);
}

/* Seals the unprotected packet, compares with the packet on the wire, opens that again. */
static void initial_packet(cJSON *json, const char *side, const char *name, struct bytes payload)
{
    cJSON *vector = member(json, name);
    uint8_t packet[1300];
    int64_t opened[3];
    struct bytes secret = bytes_of(member(json, side), "secret");
    struct bytes header = bytes_of(vector, "unprotected_header");
    struct bytes expected = bytes_of(vector, "packet");
    int32_t number = (int32_t)member(vector, "packet_number")->valuedouble;
    int32_t number_offset = 5 + header.count - (int32_t)member(vector, "packet_number_length")->valuedouble;
    int32_t payload_offset = 5 + header.count;
    int32_t end = payload_offset + payload.count + 16;
    memcpy(packet + 5, header.data, (size_t)header.count);
    memcpy(packet + payload_offset, payload.data, (size_t)payload.count);

    int32_t keys = il_packet_keys_create(ALL(secret), 0);
    CHECK(keys > 0, "create: %d", keys);
    CHECK(il_packet_seal(keys, packet, end, 5, number_offset, payload_offset, end - 16, number) == end, "seal %s", name);
    CHECK(end - 5 == expected.count && same(packet + 5, expected), "%s on the wire", name);
    CHECK(il_packet_open(keys, packet, end, 5, number_offset, end, -1, opened, 3) == payload.count, "open %s", name);
    CHECK(opened[0] == number && opened[1] == payload_offset && opened[2] == 1, "%s: what was opened", name);
    CHECK(same(packet + 5, header) && same(packet + payload_offset, payload), "%s: content", name);
    CHECK(il_packet_keys_release(keys) == IL_OK, "release");
}

static void rfc9001(void)
{
    cJSON *json = open_vectors("rfc9001_appendix_a.json", 0);
    uint8_t secret[32];
    struct bytes salt = bytes_of(json, "initial_salt");
    struct bytes cid = bytes_of(json, "client_dcid");
    CHECK(il_hmac_sha256(COUNTED(salt), COUNTED(cid), OUT(secret)) == IL_OK && same(secret, bytes_of(json, "initial_secret")), "extract");
    for (int server = 0; server < 2; server++) {
        static const uint8_t labels[2][15] = { "tls13 client in", "tls13 server in" };
        uint8_t side[32];
        CHECK(il_hkdf_expand_label(OUT(secret), labels[server], 15, 0, 15, NULL, 0, 0, 0, OUT(side), 32) == IL_OK &&
                  same(side, bytes_of(member(json, server ? "server" : "client"), "secret")), "initial secret");
    }

    cJSON *vector = member(json, "client_initial");
    struct bytes frame = bytes_of(vector, "crypto_frame");
    struct bytes payload = { calloc(1, 1162), 1162 };
    CHECK(payload.data != NULL && member(vector, "payload_length")->valuedouble == 1162, "client payload");
    memcpy(payload.data, frame.data, (size_t)frame.count);
    initial_packet(json, "client", "client_initial", payload);
    initial_packet(json, "server", "server_initial", bytes_of(member(json, "server_initial"), "payload"));

    cJSON *retry = member(json, "retry");
    struct bytes packet = bytes_of(retry, "packet");
    struct bytes original = bytes_of(retry, "original_dcid");
    struct bytes key = bytes_of(retry, "key");
    struct bytes nonce = bytes_of(retry, "nonce");
    uint8_t aad[64] = { (uint8_t)original.count };
    uint8_t tag[16];
    int32_t aad_count = 1 + original.count + packet.count - 16;
    memcpy(aad + 1, original.data, (size_t)original.count);
    memcpy(aad + 1 + original.count, packet.data, (size_t)packet.count - 16);
    CHECK(il_aes_gcm_seal(ALL(key), ALL(nonce), OUT(aad), aad_count, OUT(tag), 0) == IL_OK && same(tag, bytes_of(retry, "integrity_tag")), "retry");

    const char *sides[] = { "client", "server" };
    const char *packets[] = { "client_initial", "server_initial" };
    for (int i = 0; i < 2; i++) {
        uint8_t mask[16];
        struct bytes hp = bytes_of(member(json, sides[i]), "hp");
        struct bytes sample = bytes_of(member(json, packets[i]), "sample");
        CHECK(il_aes_encrypt_block(ALL(hp), ALL(sample), OUT(mask)) == IL_OK && same(mask, bytes_of(member(json, packets[i]), "mask")), "mask");
    }
}

static void blake3(void)
{
    cJSON *json = open_vectors("blake3_test_vectors.json", 1);
    if (json == NULL) {
        printf("blake3: vectors absent\n");
        return;
    }
    static const uint32_t initial[8] = { 0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19 };
    const char *context = text_of(json, "context_string");
    uint8_t start[32];
    uint8_t context_key[32];
    for (int i = 0; i < 32; i++) {
        start[i] = (uint8_t)(initial[i / 4] >> (8 * (i % 4)));
    }
    CHECK(strlen(context) <= 64, "context of %zu bytes", strlen(context));
    compress_only_block(start, (const uint8_t *)context, strlen(context), 32 /* derive_key context */, context_key);

    int ran = 0;
    cJSON *vector;
    cJSON_ArrayForEach(vector, member(json, "cases"))
    {
        int32_t count = (int32_t)member(vector, "input_len")->valuedouble;
        if (count > 64) {
            continue;
        }
        uint8_t input[64];
        uint8_t out[32];
        for (int i = 0; i < 64; i++) {
            input[i] = (uint8_t)(i % 251);
        }
        struct bytes expected = bytes_of(vector, "derive_key");
        CHECK(il_blake3_derive_key(OUT(context_key), OUT(input), count, OUT(out)) == IL_OK && memcmp(out, expected.data, 32) == 0, "%d bytes", count);
        ran++;
    }
    CHECK(ran >= 11, "%d cases", ran);
}

int main(void)
{
    rfc5869();
    rfc7748();
    rfc8032();
    rfc8448();
    rfc9001();
    blake3();
    return 0;
}
