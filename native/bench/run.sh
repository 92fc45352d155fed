#!/usr/bin/env bash
# usage: native/bench/run.sh [work folder]    prints the size, cost and stack tables of native/README.md.
# Debian packages: gcc-xtensa-lx106 picolibc-xtensa-lx106-elf qemu-system-misc python3; the sources of libsodium and mbedtls are
# fetched by apt from the machine's own package sources (deb-src entries are made for this run only).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-$(mktemp -d)}
mkdir -p "$work/apt/parts" "$work/apt/lists/partial" "$work/src"

cd "$work/src"
if ! ls libsodium_*.orig.tar.gz mbedtls_*.orig.tar.gz > /dev/null 2>&1; then
    for file in /etc/apt/sources.list.d/*.sources; do
        sed 's/^Types:.*/Types: deb-src/' "$file" > "$work/apt/parts/$(basename "$file")"
    done
    if [ -f /etc/apt/sources.list ]; then sed -n 's/^deb /deb-src /p' /etc/apt/sources.list > "$work/apt/parts/classic.list"; fi
    options=(-qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/apt/parts" -o Dir::State::lists="$work/apt/lists")
    apt-get "${options[@]}" update
    apt-get "${options[@]}" source --download-only libsodium mbedtls
fi
rm -rf sodium mbedtls
mkdir sodium mbedtls
tar xf libsodium_*.orig.tar.gz -C sodium --strip-components=1
tar xf mbedtls_*.orig.tar.gz -C mbedtls --strip-components=1
python3 "$here/bench.py" "$here" "$work"
