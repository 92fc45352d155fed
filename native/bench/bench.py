"""Builds the module for Xtensa in the three ways of wide.h, runs each under the emulator, and prints Markdown tables."""
import glob
import os
import re
import shutil
import subprocess
import sys

HERE, WORK = sys.argv[1], sys.argv[2]
NATIVE = os.path.dirname(HERE)
SODIUM = f"{WORK}/src/sodium/src/libsodium"
MBEDTLS = f"{WORK}/src/mbedtls"
PREFIX = "xtensa-lx106-elf-"
# With -icount shift=7 an instruction takes 128 ns of the core's 40 MHz clock.
CYCLES_PER_INSTRUCTION = 5.12

SODIUM_FILES = [
    "crypto_scalarmult/curve25519/scalarmult_curve25519.c", "crypto_scalarmult/curve25519/ref10/x25519_ref10.c",
    "crypto_core/ed25519/core_ed25519.c", "crypto_core/ed25519/ref10/ed25519_ref10.c", "crypto_sign/ed25519/ref10/sign.c",
    "crypto_sign/ed25519/ref10/open.c", "crypto_sign/ed25519/ref10/keypair.c", "crypto_hash/sha512/cp/hash_sha512_cp.c",
    "crypto_verify/sodium/verify.c"]
MBEDTLS_FILES = ["aes.c", "cipher.c", "cipher_wrap.c", "gcm.c", "platform_util.c", "sha256.c"]


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def prepare_sodium():
    """A copy whose 32 x 32 bit products go through wide_product."""
    copy = f"{WORK}/sodium"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(SODIUM, copy)
    pattern = re.compile(r"\b(\w+)\s*\*\s*\(int64_t\)\s*(\w+)")
    changed = 0
    for path in glob.glob(f"{copy}/crypto_core/ed25519/ref10/fe_25_5/*.h") + [
            f"{copy}/include/sodium/private/ed25519_ref10_fe_25_5.h"]:
        with open(path) as file:
            text = file.read()
        text, count = pattern.subn(r"wide_product(\1, \2)", text)
        changed += count
        with open(path, "w") as file:
            file.write(text)
    assert changed > 100, changed
    return copy


def build(name, optimise, wide, sodium):
    folder = f"{WORK}/{name}"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    common = [PREFIX + "gcc", optimise, "-std=gnu11", "-ffreestanding", "-fno-builtin-memcpy", "-ffunction-sections", "-fdata-sections",
              "-mlongcalls", "-fstack-usage", f"-DWIDE_{wide}", f"-I{HERE}", f"-I{NATIVE}/crypto", f"-I{sodium}/include",
              f"-I{sodium}/include/sodium", f"-I{MBEDTLS}/include", '-DMBEDTLS_CONFIG_FILE="mbedtls_config.h"', "-DSODIUM_STATIC=1",
              "-isystem", "/usr/lib/xtensa-lx106-elf/include"]
    jobs = [("module", f, ["-Wall", "-Wextra", "-include", f"{HERE}/wide.h", "-DIL_WIDE_PRODUCT=wide_product"]) for f in sorted(glob.glob(f"{NATIVE}/crypto/*.c"))]
    jobs += [("mbedtls", f"{MBEDTLS}/library/{f}", ["-w"]) for f in MBEDTLS_FILES]
    jobs += [("sodium", f"{sodium}/{f}", ["-w", "-DNATIVE_LITTLE_ENDIAN=1", f"-I{sodium}/include/sodium/private", "-include", f"{HERE}/wide.h"])
             for f in SODIUM_FILES]
    jobs += [("bench", f"{HERE}/{f}", ["-Wall"]) for f in ("runtime.c", "main.c", "start.S")]
    objects = []
    for group, source, flags in jobs:
        target = f"{folder}/{group}-{os.path.basename(source)}.o"
        run(*common, *flags, "-c", source, "-o", target)
        objects.append(target)
    elf = f"{folder}/bench.elf"
    run(PREFIX + "gcc", "-nostdlib", "-Wl,--gc-sections", f"-Wl,-Map={folder}/map", "-T", f"{HERE}/link.ld", *objects, "-lgcc", "-o", elf)
    return folder


def measure(folder):
    text = run("timeout", "300", "qemu-system-xtensa", "-M", "sim", "-cpu", "de212", "-m", "16M", "-nographic", "-monitor", "none",
               "-serial", "none", "-semihosting", "-icount", "shift=7", "-kernel", f"{folder}/bench.elf")
    result = {}
    for line in text.splitlines():
        name, count, stack, state = line.split()
        result[name] = (int(count) / CYCLES_PER_INSTRUCTION, int(stack), state)
    empty = result.pop("nothing")
    idle = result.pop("thousand_idle")[0] - empty[0]
    assert 995 < idle < 1005, f"{idle} instructions where 1000 were expected"
    return {name: (count - empty[0], stack - empty[1], state) for name, (count, stack, state) in result.items()}


def sizes(folder):
    """Bytes per group and kind, from the linker's map: what is left after unused functions are dropped."""
    total = {}
    with open(f"{folder}/map") as file:
        text = file.read().split("Linker script and memory map")[1]
    text = re.sub(r"\n (\.\S+)\n\s+", r"\n \1 ", text)
    for kind, size, path in re.findall(r"^ \.(text|literal|rodata|data|bss)\S*\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+(\S+)$", text, re.M):
        group = os.path.basename(path).split("-")[0]
        part = {"literal": "code", "text": "code", "rodata": "constants"}.get(kind, "RAM")
        total[group, part] = total.get((group, part), 0) + int(size, 16)
    return total


def frames(folder, limit):
    """The largest frames among the functions that are in the program."""
    linked = {line.split()[-1] for line in run(PREFIX + "nm", f"{folder}/bench.elf").splitlines()}
    largest = []
    for path in glob.glob(f"{folder}/*.su"):
        if os.path.basename(path).startswith(("bench", "main", "runtime")):
            continue
        with open(path) as file:
            for line in file:
                place, size, _ = line.rstrip("\n").split("\t")
                if place.split(":")[-1] in linked:
                    largest.append((int(size), place.split(":")[-1]))
    return sorted(largest, reverse=True)[:limit]


def main():
    sodium = prepare_sodium()
    twin = measure(build("twin", "-Os", "TWIN", sodium))
    correct_folder = build("correct", "-Os", "CORRECT", sodium)
    correct = measure(correct_folder)
    padded = measure(build("padded", "-Os", "PADDED", sodium))
    failed = [name for name, (_, _, state) in correct.items() if state != "ok"]
    assert not failed, f"wrong results: {failed}"

    products = {name: (padded[name][0] - correct[name][0]) / 10 for name in correct}
    extra = (correct["x25519_agree"][0] - twin["x25519_agree"][0]) / products["x25519_agree"]
    count = {name: correct[name][0] - extra * products[name] for name in correct}
    ram = sizes(f"{WORK}/twin")

    print("| part (-Os) | code | constants | RAM |\n|---|---|---|---|")
    for group, title in (("module", "this module"), ("sodium", "what it uses of libsodium"),
                         ("mbedtls", "what it uses of mbedTLS (software AES; the CLR image holds mbedTLS already)")):
        print("| " + " | ".join([title] + [f"{ram.get((group, part), 0):,}" for part in ("code", "constants", "RAM")]) + " |")
    flash = sum(ram.get((g, p), 0) for g in ("module", "sodium", "mbedtls") for p in ("code", "constants"))
    print(f"\nFlash in all: {flash:,} bytes.\n")

    print("| call | instructions | stack, bytes |\n|---|---|---|")
    for name in count:
        if name not in ("gcm_seal_208", "sha256_64"):
            print(f"| {name} | {count[name]:,.0f} | {correct[name][1]:,} |")
    gcm = (count["gcm_seal_1232"] - count["gcm_seal_208"]) / 1024
    sha = (count["sha256_1088"] - count["sha256_64"]) / 1024
    aes = count["aes_block"] / 16
    print(f"\nPer byte: GCM {gcm:.1f} instructions, of which the AES block {aes:.1f}; SHA-256 {sha:.1f}.")
    print("\nLargest single frames: " + ", ".join(f"{name} {size}" for size, name in frames(correct_folder, 8)) + ".")


main()
