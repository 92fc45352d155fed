#!/usr/bin/env bash
# Runs every interop script against the real iroh, each in a network namespace of its own, and sums up: "N passed, N failed".
# usage: run.sh [--no-build] [NAME...]   (names of scripts without .mjs; none = all)
set -u -o pipefail
cd "$(dirname "$0")/../.."
export IROHLITE_CONFIGURATION=${IROHLITE_CONFIGURATION:-Release}

if [ "${1:-}" = --no-build ]; then
  shift
else
  for project in desktop/RelayServer desktop/VirtualBoard desktop/Cli tests/Interop/Peer; do
    dotnet build "$project" -c "$IROHLITE_CONFIGURATION" --nologo -v quiet || exit 1
  done
fi
[ -d tests/Interop/node_modules ] || npm ci --prefix tests/Interop || exit 1

# Seconds for each script; the longest take some thirty on two quiet cores.
LIMIT=600

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for script in tests/Interop/*.mjs; do
    case $(basename "$script") in lib*) ;; *) names+=("$(basename "$script" .mjs)") ;; esac
  done
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0
for name in "${names[@]}"; do
  echo "== $name"
  udp=
  if grep -q -e 'netns.sh --no-udp' "tests/Interop/$name.mjs"; then udp=--no-udp; fi
  timeout --kill-after=5 "$LIMIT" tests/Interop/netns.sh $udp node "tests/Interop/$name.mjs" 2>&1 | tee "$log"
  status=$?
  line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
  if [ -z "$line" ]; then
    [ $status -ne 124 ] || status="$status, for it took longer than $LIMIT s,"
    echo "FAIL $name ended with $status before it had counted"
    failed=$((failed + 1))
    continue
  fi
  passed=$((passed + $(cut -d' ' -f1 <<<"$line")))
  failed=$((failed + $(cut -d' ' -f3 <<<"$line")))
done
echo "== together"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
