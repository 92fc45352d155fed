#!/usr/bin/env bash
# usage: native/build.sh [build folder]    builds libirohlite_crypto.so for this PC. Exit 3: a tool or library is missing.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../artifacts/native}
if ! command -v cmake > /dev/null || ! command -v cc > /dev/null \
    || ! echo '#include <mbedtls/gcm.h>
#include <sodium.h>' | cc -E - > /dev/null 2>&1; then
    exit 3
fi
mkdir -p "$out"
{
    cmake -S "$here/host" -B "$out"
    cmake --build "$out" --target irohlite_crypto
} > "$out/build.log" 2>&1 || { cat "$out/build.log" >&2; exit 1; }
touch "$out/build.stamp"
