#!/usr/bin/env bash
# Runs a command in a network namespace that holds nothing but loopback: the real iroh probes gateways and the internet otherwise.
# With --no-udp no UDP datagram leaves a socket there either, so that endpoints which could reach each other directly stay on the relay.
# usage: netns.sh [--no-udp] COMMAND [ARGUMENT...]
set -euo pipefail

udp=yes
if [ "${1:-}" = --no-udp ]; then
  udp=no
  shift
fi
[ $# -gt 0 ] || { echo "usage: $0 [--no-udp] COMMAND [ARGUMENT...]" >&2; exit 2; }

# Root makes a network namespace directly; anybody else needs a user namespace around it.
flags=(--net)
[ "$(id -u)" -eq 0 ] || flags+=(--user --map-root-user)

# The rule for local addresses comes first by default; it is moved behind the one that swallows UDP.
prepare='
set -e
ip link set lo up
if [ "$1" = no ]; then
  for family in -4 -6; do
    ip $family rule add pref 10 lookup local
    ip $family rule del pref 0
    ip $family rule add pref 5 ipproto udp blackhole
  done
fi
shift
exec "$@"'
exec unshare "${flags[@]}" -- bash -c "$prepare" netns "$udp" "$@"
