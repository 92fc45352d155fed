#!/usr/bin/env bash
# usage: native/check.sh [fuzz runs per target]    builds the module and its tests with clang and runs them all.
# Needs the Debian packages cmake ninja-build clang libclang-rt-14-dev libmbedtls-dev libsodium-dev libcjson-dev.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../artifacts/native-tests
# A folder configured for another generator, as left by an older checkout, cannot be used again.
grep -qs 'CMAKE_GENERATOR:INTERNAL=Ninja' "$out/CMakeCache.txt" || rm -rf "$out"
mkdir -p "$out"
CC=clang CXX=clang++ cmake -S "$here/host" -B "$out" -G Ninja -DIROHLITE_TESTS=ON -DIROHLITE_FUZZ_RUNS="${1:-20000}" > "$out.log" 2>&1 \
    || { cat "$out.log" >&2; exit 1; }
cmake --build "$out" >> "$out.log" 2>&1 || { tail -50 "$out.log" >&2; exit 1; }
cd "$out"
ctest -j"$(nproc)" --timeout 400 --output-on-failure
