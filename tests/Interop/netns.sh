#!/usr/bin/env bash
# Runs a command in a network namespace that holds nothing but loopback: the real iroh probes gateways and the internet otherwise.
# usage: netns.sh COMMAND [ARGUMENT...]
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: $0 COMMAND [ARGUMENT...]" >&2; exit 2; }

# Root makes a network namespace directly; anybody else needs a user namespace around it.
flags=(--net)
[ "$(id -u)" -eq 0 ] || flags+=(--user --map-root-user)
exec unshare "${flags[@]}" -- bash -c 'ip link set lo up && exec "$@"' netns "$@"
