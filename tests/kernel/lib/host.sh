# shellcheck shell=bash
# What the suites share: modules built for both kernels, guests booted, checks counted. Sourced by suites/*.

set -uo pipefail
kernel_tests=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(cd "$kernel_tests/../.." && pwd)
vm=$root/eng/vm
. "$kernel_tests/lib/checks.sh"

kernels=(6.1 6.12)
models=(wait_time service_time outcome backlog)
models_app=$kernel_tests/models/bin/Debug/net10.0/KernelModels.dll
built=$root/artifacts/kernel
mkdir -p "$built"
tally=$(mktemp)
trap 'rm -f "$tally"' EXIT

# Everything that prints checks goes through this, so that what is shown is what is counted.
count() { tee -a "$tally"; }

# The last line of a suite, and its exit status.
finish() {
	local passed failed
	passed=$(grep -c '^ok ' "$tally") failed=$(grep -c '^not ok ' "$tally")
	printf '%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
	exit
}

# Builds what a suite needs, or ends it with one failed check that shows why.
prepare() {
	local log=$built/prepare.log
	if ! "$kernel_tests/prepare" >"$log" 2>&1; then
		tail -n 40 "$log" >&2
		not_ok "models and modules build" "see $log" | count
		finish
	fi
}

# guest KERNEL SCRIPT [OPTION OF eng/vm/run...]: boots, runs guest/SCRIPT there and counts its checks.
# A script says how it ends, so that one which dies halfway has failed.
guest() {
	local kernel=$1 script=$2 status=0 output
	shift 2
	output=$(mktemp)
	printf '== %s on %s %s\n' "$script" "$kernel" "$*"
	"$vm/run" --kernel "$kernel" --share "$built/$kernel" --mount "$kernel_tests" --log "$built/$kernel/$script.console" "$@" \
		-- "KML_ISA=${KML_ISA-} KML_APP='$models_app' bash '$kernel_tests/guest/$script'" 2>"$output.err" |
		tee "$output" | sed -E "s/^(ok|not ok) /\1 $kernel: /" | count || true
	status=${PIPESTATUS[0]}
	if [ "$status" -ne 0 ] || [ "$(tail -n 1 "$output")" != "end of $script" ]; then
		tail -n 60 "$output.err"
		not_ok "$kernel: $script ran to its end without a complaint of the kernel" "status $status" | count
	else
		ok "$kernel: $script ran to its end without a complaint of the kernel" | count
	fi
	rm -f "$output" "$output.err"
}

# tampered KERNEL WHAT FILE SED: the module of service_time with one number changed, as tampered-WHAT in the guest's /share
tampered() {
	local target=$built/$1/tampered-$2 file=$3
	rm -rf "$target"
	cp -a "$built/$1/service_time" "$target"
	sed -E -i "$4" "$target/$file"
	if cmp -s "$target/$file" "$built/$1/service_time/$file"; then
		not_ok "$1: tampered-$2 differs from the module as emitted" "'$4' changed nothing in $file" | count
	fi
	if ! make -C "$target" KDIR="$("$vm/kdir" "$1")" >"$target.log" 2>&1; then
		not_ok "$1: tampered-$2 builds" "$(tail -n 20 "$target.log")" | count
	fi
}
