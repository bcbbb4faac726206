#!/usr/bin/env bash
# Installs what the test suites need and the machine lacks: as root on Debian or Ubuntu, quietly, and only what is missing.
# Elsewhere it says what is missing; the suites that need it are then left out.
# With the argument `engine` also what a container engine of the tests' own is started from.
set -u

packages=()
need() { command -v "$1" >/dev/null 2>&1 || packages+=("$2"); }
need bwrap bubblewrap
need setpriv util-linux
need mvn maven
need chromium chromium
need mmdebstrap mmdebstrap
if [ "${1:-}" = engine ]; then
  need dockerd docker.io
  need iptables iptables
  need ip iproute2
fi
command -v pip3 >/dev/null 2>&1 || command -v pip >/dev/null 2>&1 || packages+=(python3-pip)

[ ${#packages[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "This machine lacks for the test suites: ${packages[*]}" >&2
  echo "On Debian or Ubuntu: sudo apt-get install ${packages[*]}" >&2
  exit 0
fi

echo "Installing for the test suites: ${packages[*]} ..." >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# An installed engine would start at once, and change the machine's firewall and forwarding: the tests start one that does not.
policy=/usr/sbin/policy-rc.d
quiet=
if [[ " ${packages[*]} " == *" docker.io "* ]]; then
  quiet=1
  if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy
  fi
fi
# A list of packages that is too old gives "not found"; a new list mends that.
if ! apt-get install -y -qq --no-install-recommends "${packages[@]}" >"$log" 2>&1; then
  if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "Could not install all of: ${packages[*]}" >&2
  fi
fi
rm -f "$log"
if [ -n "$quiet" ] && command -v systemctl >/dev/null 2>&1; then
  # Nor at the next start of the machine.
  systemctl disable --quiet docker.service docker.socket containerd.service >/dev/null 2>&1 || true
fi
exit 0
