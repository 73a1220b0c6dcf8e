# shellcheck shell=bash
# Paths and messages shared by the scripts of the test bed; sourced, never run.

vm_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${KML_CACHE:-$(cd "$vm_dir/../.." && pwd)/.cache/vm}
cache=$(realpath -m -- "$cache")

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$*"; exit 1; }

# Kbuild, make, shells and QEMU are given these paths as they are: what kbuild cannot take is refused before any of them
# sees it. The same characters as the emitted Makefile's; tests/Kml.Build.Tests compares.
check_path() { # check_path WHAT PATH
	case $2 in
	*[[:space:]]* | *[]\"\#\$%\&\'\(\)*,:\;\<=\>?[\\\`\{\|\}]*)
		die "$1 is $2: kbuild can take no path with white space or one of \" # \$ % & ' ( ) * , : ; < = > ? [ \\ ] \` { | }. Choose another folder" ;;
	esac
}
check_path "the cache (KML_CACHE)" "$cache"
check_path "this repository" "$vm_dir"
check_path "TMPDIR" "${TMPDIR:-/tmp}"

# The kernels of the test bed, by name: the rows of `kernels`.
mapfile -t kernels < <(awk '!/^#/ { print $1 }' "$vm_dir/kernels")

# kernel_row NAME: the rest of its row
kernel_row() { awk -v name="$1" '!/^#/ && $1 == name { $1 = ""; print }' "$vm_dir/kernels"; }

# A kernel that has no row is refused here, by name.
check_kernel() {
	[ -n "$(kernel_row "$1")" ] || die "unknown kernel '$1': choose one of ${kernels[*]}"
}

# Stops with the remedy when a host tool is missing.
need() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null || [ -x "/sbin/$tool" ] || [ -x "/usr/sbin/$tool" ] ||
			die "$tool is not installed: run eng/vm/setup (as root), which installs it"
	done
}
