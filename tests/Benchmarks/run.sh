#!/usr/bin/env bash
# Measures our endpoints against the real iroh and each other, directly and through our relay, and prints tables.
# usage: run.sh [ROUNDS] [CONNECTIONS]   (defaults: 7 rounds, 100 connections a measurement). The raw lines: artifacts/benchmarks.jsonl
set -eu -o pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-7}
connections=${2:-100}
export IROHLITE_CONFIGURATION=Release

for project in desktop/RelayServer tests/Interop/Peer; do
  dotnet build "$project" -c Release --nologo -v quiet
done
[ -d tests/Interop/node_modules ] || npm ci --prefix tests/Interop

mkdir -p artifacts
tests/Interop/netns.sh node tests/Benchmarks/bench.mjs direct "$rounds" "$connections" | tee artifacts/benchmarks.jsonl
# Two stock endpoints on one computer would leave the relay within a round trip: UDP is switched off.
tests/Interop/netns.sh --no-udp node tests/Benchmarks/bench.mjs relayed "$rounds" "$connections" | tee -a artifacts/benchmarks.jsonl

echo
echo "$(nproc) x $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), $(uname -sr), .NET $(dotnet --version), Node $(node --version), @number0/iroh $(node -p "require('./tests/Interop/node_modules/@number0/iroh/package.json').version"), load $(cut -d' ' -f1-3 /proc/loadavg)"
node tests/Benchmarks/report.mjs <artifacts/benchmarks.jsonl
