# shellcheck shell=bash
# Paths and messages shared by the scripts of the test bed; sourced, never run.

vm_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${KML_CACHE:-$(cd "$vm_dir/../.." && pwd)/.cache/vm}
cache=$(realpath -m -- "$cache")

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$*"; exit 1; }

# The kernels the project is tested on; anything else is refused here, by name.
check_kernel() {
	case $1 in
	6.1 | 6.12) ;;
	*) die "unknown kernel '$1': choose 6.1 or 6.12" ;;
	esac
}

# Stops with the remedy when a host tool is missing.
need() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null || [ -x "/sbin/$tool" ] || [ -x "/usr/sbin/$tool" ] ||
			die "$tool is not installed: run eng/vm/setup (as root), which installs it"
	done
}
