#!/usr/bin/env bash
# The one local command, and the one the build server runs: installs what is missing, builds everything, runs every test,
# runs the demo, and ends with "N passed, N failed". Exit code 0 only when nothing failed and every step counted something.
# Logs of all steps: artifacts/check/. Needs the .NET 10 SDK; the rest is installed when run as root on Debian or Ubuntu.
set -u -o pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
export DEBIAN_FRONTEND=noninteractive npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false
export HOME="${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}"

# The build server ends a run after 90 minutes; this one ends by itself before. The steps take some five minutes on two quiet cores, and
# their limits are there for what hangs.
BUDGET=4500

LOGS=artifacts/check
rm -rf "$LOGS"
mkdir -p "$LOGS"
passed=0
failed=0
number=0
started=$SECONDS

# end_session ID: ends every process of a session.
end_session() {
  local file line fields
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || continue
    # Behind the name in brackets: state, parent, group, session.
    fields=(${line##*) })
    [ "${fields[3]}" = "$1" ] && [ "${fields[0]}" != Z ] || continue
    file=${file#/proc/}
    line=${line#*(}
    echo "== left behind, and ended: ${line%)*} (${file%/stat})"
    kill -KILL "${file%/stat}" 2>/dev/null
  done
}

session=
trap '[ -z "$session" ] || end_session "$session"; exit 130' INT TERM

# step NAME SECONDS COMMAND...: runs the command with a time limit; its output goes to a log. Sets $log, $limit, $status and $late. The
# command runs in a session of its own: by that everything is found that it leaves behind, so that the next step is not disturbed.
step() {
  local name=$1 begin=$SECONDS left=$((BUDGET - SECONDS + started))
  limit=$2
  shift 2
  [ "$left" -gt 10 ] || left=10
  [ "$limit" -le "$left" ] || limit=$left
  number=$((number + 1))
  log=$LOGS/$(printf '%02d' $number)-${name//[^A-Za-z0-9.]/-}.log
  setsid timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 </dev/null &
  session=$!
  wait "$session" 2>/dev/null
  status=$?
  late=
  [ $((SECONDS - begin)) -lt "$limit" ] || late=yes
  end_session "$session" >>"$log"
  session=
  printf '%-44s %4d s  ' "$name" $((SECONDS - begin))
}

# again SECONDS COMMAND...: up to four tries of so many seconds each, for what comes over a network.
again() {
  local seconds=$1 try
  shift
  for try in 1 2 3 4; do
    timeout --kill-after=10 "$seconds" "$@" && return 0
    echo "== try $try of 4 failed"
    [ $try -eq 4 ] || sleep $((10 * try))
  done
  return 1
}

export -f again

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
  elif [ -n "$late" ]; then fail 1 "no end within $limit s"
  else fail 1 "exit code $status"; fi
  return $status
}

# judge PASSED FAILED SKIPPED: takes over the counts a step printed. No count, or a count of zero, is a failure.
# A skipped test counts as failed on the build server: everything it needs is there.
judge() {
  local p=$1 f=$2 s=${3:-0} note= running
  case "$p$f$s" in '' | *[!0-9]*) p='' ;; esac
  if [ -n "$p" ] && [ -n "$f" ] && [ "$s" -gt 0 ]; then
    note=", $s skipped"
    [ -z "${CI:-}" ] || f=$((f + s))
  fi
  # A test that crashes the test host, or is ended because it hangs, is named by it.
  running=$(grep -a -A 1 'running when the crash occurred' "$log" | tail -n 1)
  note=$note${running:+, while this ran: $running}
  if [ -n "$late" ]; then fail 1 "no end within $limit s"
  elif [ -z "$p" ] || [ -z "$f" ]; then fail 1 "no test count found, exit code $status$note"
  elif [ $((p + f)) -eq 0 ]; then fail 1 "no test ran"
  elif [ "$f" -gt 0 ]; then
    passed=$((passed + p))
    fail "$f" "$f of $((p + f)) tests$note"
  elif [ $status -ne 0 ]; then
    passed=$((passed + p))
    fail 1 "exit code $status after $p passed tests$note"
  else pass "$p" "$p passed$note"; fi
}

# dotnet_tests PROJECT [NOTE]: one test project. A test that hangs is ended after five minutes without another word, long before the step.
dotnet_tests() {
  step "$(basename "$(dirname "$1")")${2:-}" 900 dotnet test "$1" --no-build -c Release --nologo \
    --blame-hang-timeout 5m --blame-hang-dump-type none --results-directory "$LOGS/results"
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
  # A list that could not be fetched counts as a failure, so that it is tried again; whether it is needed is seen below.
  again 300 apt-get -o APT::Update::Error-Mode=any update || echo "not all lists could be fetched"
  install_with_apt "$@" || return 1
  # Debian's npm is a package of its own; other nodejs packages bring it along.
  case " $* " in *" nodejs "*) command -v npm || install_with_apt npm ;; esac
}

install_with_apt() {
  # The first command finishes what an interrupted try has left half done.
  again 600 bash -c 'dpkg --configure -a && apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"' apt "$@"
}

export -f install_packages install_with_apt

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
if [ ${#packages[@]} -gt 0 ]; then once "install ${packages[*]}" 1200 bash -c 'install_packages "$@"' install "${packages[@]}"; fi

if [ -d tests/Interop ] && ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; then
  # The real iroh's binding asks for Node 20; the registry has the program as a package.
  once "node 20" 600 bash -c 'again 240 npm install --no-save --prefix artifacts/node node@20.20.2'
  PATH=$PWD/artifacts/node/node_modules/.bin:$PATH
fi

echo "== build =="
once restore 900 bash -c 'again 400 dotnet restore desktop.slnx'
if [ -f native/host/CMakeLists.txt ]; then
  once "native library" 600 native/build.sh artifacts/native
fi
once "build (warnings are errors)" 1500 dotnet build desktop.slnx -c Release --no-restore --nologo -v quiet -warnaserror
built=$?

echo "== tests =="
if [ -f native/host/CMakeLists.txt ]; then
  step "native (C, sanitizers, fuzzing)" 1200 native/check.sh
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
  once "npm ci" 600 bash -c 'again 240 npm ci --prefix tests/Interop'
  if [ $status -eq 0 ] && [ $built -eq 0 ]; then
    step interop 1800 tests/Interop/run.sh --no-build
    line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    judge "$(cut -d' ' -f1 <<<"$line")" "$(cut -d' ' -f3 <<<"$line")"
  fi
fi

echo "== the command of the README =="
demo=$(sed -nE 's/^(dotnet run --project desktop\/Cli .*demo)[[:space:]]*(#.*)?$/\1/p' README.md | head -n 1)
once "demo" 600 bash -c "${demo:-echo 'README.md shows no demo command'; false}"

echo
[ -f artifacts/nano-surface.txt ] && cat artifacts/nano-surface.txt && echo
echo "took $((SECONDS - started)) s"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
