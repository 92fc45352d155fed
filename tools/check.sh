#!/usr/bin/env bash
# The one local command, and the one the build server runs: installs what is missing, builds everything, runs every test,
# runs the demo, and ends with "N passed, N failed". Exit code 0 only when nothing failed and every step counted something.
# Logs of all steps: artifacts/check/. Needs the .NET 10 SDK; the rest is installed when run as root on Debian or Ubuntu.
set -u -o pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
export DEBIAN_FRONTEND=noninteractive npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false
export HOME="${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}"

LOGS=artifacts/check
rm -rf "$LOGS"
mkdir -p "$LOGS"
passed=0
failed=0
number=0
started=$SECONDS

# step NAME SECONDS COMMAND...: runs the command with a time limit; its output goes to a log. Sets $log and $status.
step() {
  local name=$1 limit=$2 begin=$SECONDS
  shift 2
  number=$((number + 1))
  log=$LOGS/$(printf '%02d' $number)-${name//[^A-Za-z0-9.]/-}.log
  timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 </dev/null
  status=$?
  printf '%-44s %4d s  ' "$name" $((SECONDS - begin))
}

pass() {
  passed=$((passed + $1))
  echo "$2"
}

fail() {
  failed=$((failed + $1))
  echo "FAILED: $2 (log: $log)"
  tail -n 60 "$log" | cut -c1-2000 | sed 's/^/    /'
}

# once NAME SECONDS COMMAND...: a step that counts as one check.
once() {
  step "$@"
  if [ $status -eq 0 ]; then pass 1 ok
  elif [ $status -eq 124 ]; then fail 1 "no end within $2 s"
  else fail 1 "exit code $status"; fi
  return $status
}

# judge PASSED FAILED SKIPPED: takes over the counts a step printed. No count, or a count of zero, is a failure.
# A skipped test counts as failed on the build server: everything it needs is there.
judge() {
  local p=$1 f=$2 s=${3:-0} note=
  case "$p$f$s" in '' | *[!0-9]*) p='' ;; esac
  if [ -n "$p" ] && [ -n "$f" ] && [ "$s" -gt 0 ]; then
    note=", $s skipped"
    [ -z "${CI:-}" ] || f=$((f + s))
  fi
  if [ -z "$p" ] || [ -z "$f" ]; then fail 1 "no test count found, exit code $status"
  elif [ $((p + f)) -eq 0 ]; then fail 1 "no test ran"
  elif [ "$f" -gt 0 ]; then
    passed=$((passed + p))
    fail "$f" "$f of $((p + f)) tests$note"
  elif [ $status -ne 0 ]; then
    passed=$((passed + p))
    fail 1 "exit code $status after $p passed tests"
  else pass "$p" "$p passed$note"; fi
}

# dotnet_tests PROJECT [NOTE]: one test project.
dotnet_tests() {
  step "$(basename "$(dirname "$1")")${2:-}" 420 dotnet test "$1" --no-build -c Release --nologo --blame-hang-timeout 5m --results-directory "$LOGS/results"
  local line
  line=$(grep -aE 'Failed: +[0-9]+, Passed: +[0-9]+' "$log" | tail -n 1)
  local f p s
  f=$(sed -nE 's/.*Failed: +([0-9]+),.*/\1/p' <<<"$line")
  p=$(sed -nE 's/.*Passed: +([0-9]+),.*/\1/p' <<<"$line")
  s=$(sed -nE 's/.*Skipped: +([0-9]+),.*/\1/p' <<<"$line")
  judge "$p" "$f" "$s"
}

# need PACKAGE TEST...: notes a Debian package whose TEST command fails.
packages=()
need() {
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || packages+=("$package")
}

install_packages() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get; then
    echo "missing: $*. Install them, or run this as root."
    return 1
  fi
  apt-get update && apt-get install -y --no-install-recommends "$@" || return 1
  # Debian's npm is a package of its own; other nodejs packages bring it along.
  case " $* " in *" nodejs "*) command -v npm || apt-get install -y --no-install-recommends npm ;; esac
}

export -f install_packages

echo "== tools =="
if ! command -v dotnet >/dev/null; then
  echo "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
  echo "0 passed, 1 failed"
  exit 1
fi
need iproute2 command -v ip
need util-linux command -v unshare
if [ -d tests/Interop ]; then
  need nodejs bash -c 'command -v node && command -v npm'
fi
if [ -f native/host/CMakeLists.txt ]; then
  need cmake command -v cmake
  need make command -v make
  need ninja-build command -v ninja
  need libmbedtls-dev test -f /usr/include/mbedtls/gcm.h
  need libsodium-dev test -f /usr/include/sodium.h
  need libcjson-dev test -f /usr/include/cjson/cJSON.h
  need clang command -v clang
  clang_version=$(clang -dumpversion 2>/dev/null | cut -d. -f1)
  need "libclang-rt-${clang_version:-14}-dev" bash -c 'compgen -G "$(clang -print-resource-dir)/lib/*/libclang_rt.fuzzer*"'
  need gcc command -v gcc
  need g++ command -v g++
fi
if [ ${#packages[@]} -gt 0 ]; then once "install ${packages[*]}" 300 bash -c 'install_packages "$@"' install "${packages[@]}"; fi

if [ -d tests/Interop ] && ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; then
  # The real iroh's binding asks for Node 20; the registry has the program as a package.
  once "node 20" 180 npm install --no-save --prefix artifacts/node node@20.20.2
  PATH=$PWD/artifacts/node/node_modules/.bin:$PATH
fi

echo "== build =="
once restore 300 dotnet restore desktop.slnx
if [ -f native/host/CMakeLists.txt ]; then
  once "native library" 180 native/build.sh artifacts/native
fi
once "build (warnings are errors)" 420 dotnet build desktop.slnx -c Release --no-restore --nologo -v quiet -warnaserror
built=$?

echo "== tests =="
if [ -f native/host/CMakeLists.txt ]; then
  step "native (C, sanitizers, fuzzing)" 420 native/check.sh
  total=$(sed -nE 's/.* tests failed out of ([0-9]+).*/\1/p' "$log" | tail -n 1)
  bad=$(sed -nE 's/.*, ([0-9]+) tests failed out of [0-9]+.*/\1/p' "$log" | tail -n 1)
  skipped=$(grep -ac '(Skipped)$' "$log")
  if [ -n "$total" ] && [ -n "$bad" ]; then judge $((total - bad - skipped)) "$bad" "$skipped"; else judge '' '' 0; fi
fi
if [ $built -eq 0 ]; then
  found=0
  for project in tests/*/*.csproj; do
    grep -q 'Microsoft.NET.Test.Sdk' "$project" || continue
    found=$((found + 1))
    dotnet_tests "$project"
  done
  if [ -f artifacts/native/libirohlite_crypto.so ]; then
    # What takes any crypto provider ran with the managed one above; the tests of the providers themselves run with all of them.
    IROHLITE_TEST_CRYPTO=native dotnet_tests tests/IrohLite.Tests/IrohLite.Tests.csproj " (native crypto)"
  fi
  if [ $found -eq 0 ]; then
    failed=$((failed + 1))
    echo "FAILED: no test project found"
  fi
fi

if [ -d tests/Interop ]; then
  echo "== against the real iroh =="
  once "npm ci" 180 npm ci --prefix tests/Interop
  if [ $status -eq 0 ] && [ $built -eq 0 ]; then
    step interop 300 tests/Interop/run.sh --no-build
    line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    judge "$(cut -d' ' -f1 <<<"$line")" "$(cut -d' ' -f3 <<<"$line")"
  fi
fi

echo "== the command of the README =="
demo=$(sed -nE 's/^(dotnet run --project desktop\/Cli .*demo)[[:space:]]*(#.*)?$/\1/p' README.md | head -n 1)
once "demo" 180 bash -c "${demo:-echo 'README.md shows no demo command'; false}"

echo
[ -f artifacts/nano-surface.txt ] && cat artifacts/nano-surface.txt && echo
echo "took $((SECONDS - started)) s"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
