#include "json_vectors.h"

#ifndef REPOSITORY_VECTORS
#error the build gives the folder of the vectors in the checkout
#endif

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = calloc(1, (size_t)size + 1);
    CHECK(text != NULL && fread(text, 1, (size_t)size, file) == (size_t)size, "cannot read %s", path);
    fclose(file);
    return text;
}

cJSON *open_vectors(const char *name, int external)
{
    char path[1024];
    const char *folder = REPOSITORY_VECTORS;
    if (external) {
        folder = getenv("IROHLITE_VECTORS");
        folder = folder != NULL ? folder : REPOSITORY_VECTORS "/../../../shared/vectors";
    }
    CHECK(snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path, "long path %s", folder);
    char *text = read_file(path);
    if (text == NULL) {
        CHECK(external && getenv("CI") == NULL, "%s is missing; set IROHLITE_VECTORS to the folder of the external vectors", path);
        return NULL;
    }
    cJSON *json = cJSON_Parse(text);
    CHECK(json != NULL, "%s is not JSON", path);
    free(text);
    return json;
}

cJSON *member(cJSON *object, const char *name)
{
    cJSON *found = cJSON_GetObjectItemCaseSensitive(object, name);
    CHECK(found != NULL, "no member %s", name);
    return found;
}

const char *text_of(cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(member(object, name));
    CHECK(text != NULL, "%s is no string", name);
    return text;
}

struct bytes bytes_of(cJSON *object, const char *name)
{
    const char *text = text_of(object, name);
    size_t capacity = strlen(text) / 2;
    struct bytes result = { malloc(capacity + 1), 0 };
    CHECK(result.data != NULL, "out of memory");
    result.count = from_hex(text, result.data, capacity);
    return result;
}
