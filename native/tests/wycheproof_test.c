/* Every Wycheproof case of the primitives this module has. Exit 77: the external vectors are absent. */
#include "irohlite_crypto.h"
#include "json_vectors.h"

#define ALL(b) (b).data, (b).count, 0
#define COUNTED(b) ALL(b), (b).count
#define OUT(array) array, (int32_t)sizeof(array), 0

static int is_valid(cJSON *vector)
{
    return strcmp(text_of(vector, "result"), "invalid") != 0;
}

static int id_of(cJSON *vector)
{
    return member(vector, "tcId")->valueint;
}

static int is_zero(struct bytes value)
{
    uint8_t seen = 0;
    for (int32_t i = 0; i < value.count; i++) {
        seen |= value.data[i];
    }
    return seen == 0;
}

static int x25519(cJSON *group, cJSON *vector)
{
    (void)group;
    uint8_t out[32] = { 0 };
    struct bytes private_key = bytes_of(vector, "private");
    struct bytes public_key = bytes_of(vector, "public");
    struct bytes expected = bytes_of(vector, "shared");
    int32_t status = il_x25519_agree(ALL(private_key), ALL(public_key), OUT(out));
    CHECK(status == (is_zero(expected) ? IL_REFUSED : IL_OK), "x25519 %d: %d", id_of(vector), status);
    CHECK(memcmp(out, expected.data, 32) == 0, "x25519 %d", id_of(vector));
    return 1;
}

static int ed25519(cJSON *group, cJSON *vector)
{
    struct bytes key = bytes_of(member(group, "publicKey"), "pk");
    struct bytes message = bytes_of(vector, "msg");
    struct bytes signature = bytes_of(vector, "sig");
    int32_t status = il_ed25519_verify(ALL(key), COUNTED(message), ALL(signature));
    /* A shorter signature is a region too small; a longer one a caller would have refused. */
    int accepted = status == IL_OK && signature.count == 64;
    CHECK(accepted == is_valid(vector), "ed25519 %d: %d", id_of(vector), status);
    return 1;
}

static int hmac(cJSON *group, cJSON *vector)
{
    (void)group;
    uint8_t mac[32];
    struct bytes key = bytes_of(vector, "key");
    struct bytes message = bytes_of(vector, "msg");
    struct bytes tag = bytes_of(vector, "tag");
    CHECK(il_hmac_sha256(COUNTED(key), COUNTED(message), OUT(mac)) == IL_OK && tag.count <= 32, "hmac %d", id_of(vector));
    CHECK((memcmp(mac, tag.data, (size_t)tag.count) == 0) == is_valid(vector), "hmac %d", id_of(vector));
    return 1;
}

/* HKDF's Extract is HMAC, and its Expand a chain of HMACs. */
static int hkdf(cJSON *group, cJSON *vector)
{
    (void)group;
    static uint8_t block[32 + 4096];
    static uint8_t okm[8192 + 32];
    uint8_t prk[32];
    struct bytes ikm = bytes_of(vector, "ikm");
    struct bytes salt = bytes_of(vector, "salt");
    struct bytes info = bytes_of(vector, "info");
    struct bytes expected = bytes_of(vector, "okm");
    int32_t size = member(vector, "size")->valueint;
    if (!is_valid(vector)) {
        CHECK(size > 255 * 32, "hkdf %d is invalid for another reason", id_of(vector));
        return 1;
    }
    CHECK(info.count < 4000 && size <= 8192, "hkdf %d is long", id_of(vector));
    CHECK(il_hmac_sha256(COUNTED(salt), COUNTED(ikm), OUT(prk)) == IL_OK, "hkdf %d", id_of(vector));
    int32_t chain = 0;
    for (int32_t done = 0, i = 1; done < size; done += 32, i++) {
        memcpy(block + chain, info.data, (size_t)info.count);
        block[chain + info.count] = (uint8_t)i;
        CHECK(il_hmac_sha256(OUT(prk), 32, OUT(block), chain + info.count + 1, OUT(block)) == IL_OK, "hkdf %d", id_of(vector));
        chain = 32;
        memcpy(okm + done, block, 32);
    }
    CHECK(memcmp(okm, expected.data, (size_t)size) == 0, "hkdf %d", id_of(vector));
    return 1;
}

static int aes_gcm(cJSON *group, cJSON *vector)
{
    if (member(group, "keySize")->valueint != 128 || member(group, "ivSize")->valueint != 96 || member(group, "tagSize")->valueint != 128) {
        return 0;
    }
    struct bytes key = bytes_of(vector, "key");
    struct bytes nonce = bytes_of(vector, "iv");
    struct bytes aad = bytes_of(vector, "aad");
    struct bytes text = bytes_of(vector, "msg");
    struct bytes cipher = bytes_of(vector, "ct");
    struct bytes tag = bytes_of(vector, "tag");
    int32_t size = cipher.count + 16;
    uint8_t *buffer = malloc((size_t)size);
    CHECK(buffer != NULL && text.count == cipher.count && tag.count == 16, "gcm %d", id_of(vector));
    memcpy(buffer, cipher.data, (size_t)cipher.count);
    memcpy(buffer + cipher.count, tag.data, 16);
    int32_t status = il_aes_gcm_open(ALL(key), ALL(nonce), COUNTED(aad), buffer, size, 0, size);
    CHECK(status == (is_valid(vector) ? IL_OK : IL_REFUSED), "gcm %d: %d", id_of(vector), status);
    if (status == IL_OK) {
        CHECK(memcmp(buffer, text.data, (size_t)text.count) == 0, "gcm %d", id_of(vector));
        CHECK(il_aes_gcm_seal(ALL(key), ALL(nonce), COUNTED(aad), buffer, size, 0, text.count) == IL_OK, "gcm %d", id_of(vector));
        CHECK(memcmp(buffer, cipher.data, (size_t)cipher.count) == 0 && memcmp(buffer + cipher.count, tag.data, 16) == 0, "gcm %d", id_of(vector));
    } else {
        CHECK(is_zero((struct bytes){ buffer, cipher.count }), "gcm %d leaves text behind", id_of(vector));
    }
    free(buffer);
    return 1;
}

static const struct {
    const char *file;
    int (*run)(cJSON *group, cJSON *vector);
    int cases;
} sets[] = {
    { "wycheproof/x25519_test.json", x25519, 518 },
    { "wycheproof/ed25519_test.json", ed25519, 151 },
    { "wycheproof/hmac_sha256_test.json", hmac, 174 },
    { "wycheproof/hkdf_sha256_test.json", hkdf, 86 },
    { "wycheproof/aes_gcm_test.json", aes_gcm, 67 },
};

int main(void)
{
    for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        int ran = 0;
        cJSON *group;
        cJSON *vector;
        cJSON *json = open_vectors(sets[i].file, 1);
        if (json == NULL) {
            return 77;
        }
        cJSON_ArrayForEach(group, member(json, "testGroups"))
        {
            cJSON_ArrayForEach(vector, member(group, "tests"))
            {
                ran += sets[i].run(group, vector);
            }
        }
        printf("%-40s %4d cases\n", sets[i].file, ran);
        CHECK(ran == sets[i].cases, "%s: %d cases instead of %d", sets[i].file, ran, sets[i].cases);
    }
    return 0;
}
