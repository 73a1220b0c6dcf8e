# shellcheck shell=bash
# What the suites share: modules built for every kernel, guests booted, checks counted. Sourced by suites/*.

set -uo pipefail
kernel_tests=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(cd "$kernel_tests/../.." && pwd)
vm=$root/eng/vm
. "$kernel_tests/lib/checks.sh"

# Whole on these two, and with KML_FULL=1 on all of eng/vm/kernels; on the rest in short: what each suite tries first, and the
# choice of disks changed under load. A kernel that may be missing, and is, was named when it could not be fetched.
whole=(6.1 6.12)
kernels=()
while read -r kernel _; do
	[[ $kernel == '#'* || ! -f ${KML_CACHE:-$root/.cache/vm}/$kernel/release ]] || kernels+=("$kernel")
done <"$vm/kernels"
[ -z "${KML_FULL-}" ] || whole=("${kernels[@]}")
is_whole() { [[ " ${whole[*]} " == *" $1 "* ]]; }
models=(wait_time service_time outcome sure_wait backlog)
models_app=$kernel_tests/models/bin/Debug/net10.0/KernelModels.dll
built=$root/artifacts/kernel
mkdir -p "$built"
tally=$(mktemp)
trap 'end_guests; rm -f "$tally"' EXIT

# Everything that prints checks goes through this, so that what is shown is what is counted.
count() { tee -a "$tally"; }

# The last line of a suite, and its exit status, when the last guest has ended.
finish() {
	local passed failed
	wait
	passed=$(grep -c '^ok ' "$tally") failed=$(grep -c '^not ok ' "$tally")
	printf '%d passed, %d failed\n' "$passed" "$failed"
	[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
	exit
}

# Builds what a suite needs, or ends it with one failed check that shows why. eng/test has it built once for all suites.
prepare() {
	local log=$built/prepare.log
	[ -z "${KML_PREPARED-}" ] || return 0
	if ! "$kernel_tests/prepare" >"$log" 2>&1; then
		tail -n 40 "$log" >&2
		not_ok "models and modules build" "see $log" | count
		finish
	fi
}

# Seconds after which a guest hangs. Nothing is judged by its time: beside a busy host a guest of 30 s takes ten minutes.
hang=1500

# guest KERNEL SCRIPT [OPTION OF eng/vm/run...]: boots, runs guest/SCRIPT there and counts its checks.
# It goes on by itself, beside as many others as there are processors: a guest seldom keeps more than one busy. What it says is shown when it
# has ended.
guest() {
	while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
	printf '== %s on %s %s\n' "$2" "$1" "${*:3}"
	guests=$((${guests:-0} + 1))
	set -m	# a process group of its own, by which it is ended
	guest_alone "$@" &
	set +m
}

# Whoever ends a suite, also by Ctrl-C, leaves no guest and no build behind.
end_guests() {
	local group
	for group in $(jobs -p); do kill -- "-$group" 2>/dev/null; done
}

# A script says how it ends, so that one which dies halfway has failed.
guest_alone() {
	local kernel=$1 script=$2 console=$built/$1/$2.$guests.console status output again began=$SECONDS
	shift 2
	# Without .NET, which a script says in a line of its own, the processor can watch over what the kernel does with the memory of programs (eng/vm/README.md, faults of the emulator).
	grep -qx '# Runs \.NET\.' "$kernel_tests/guest/$script" || set -- --smap "$@"
	output=$(mktemp)
	for again in 1 2 0; do
		status=0
		"$vm/run" --kernel "$kernel" --timeout "$hang" --share "$built/$kernel" --mount "$kernel_tests" --log "$console" "$@" \
			-- "KML_ISA=${KML_ISA-} KML_APP='$models_app' bash '$kernel_tests/guest/$script'" >"$output" 2>"$output.err" || status=$?
		[ "$again" -gt 0 ] && emulator_fault "$console" "$output.err" || break
		printf '   %s on %s: a fault of the emulator (eng/vm/README.md), %s: what it found does not count, once more\n' "$script" "$kernel" "$fault"
	done
	{
		flock 9
		printf '== %s on %s %s has ended, after %dm%02ds\n' "$script" "$kernel" "$*" $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
		sed -E "s/^(ok|not ok) /\1 $kernel: /" "$output" | count
		if [ "$status" -ne 0 ] || [ "$(tail -n 1 "$output")" != "end of $script" ]; then
			tail -n 220 "$output.err"
			not_ok "$kernel: $script ran to its end without a complaint of the kernel" "status $status" | count
		else
			ok "$kernel: $script ran to its end without a complaint of the kernel" | count
		fi
	} 9>>"$tally"
	rm -f "$output" "$output.err"
}

# emulator_fault CONSOLE ERRORS: whether the guest ended by a fault that is QEMU's own, which $fault then names
emulator_fault() {
	fault=''
	if stale_breakpoint "$1"; then
		fault='a breakpoint run that the kernel had taken away before'
	elif grep -qE 'the guest ended \(QEMU: (134|139)\)' "$2"; then
		fault='a crash of its process'
	fi
	[ -n "$fault" ]
}

# stale_breakpoint CONSOLE: whether the kernel came to a breakpoint where there is none: the byte before the instruction pointer
# is no longer 0xcc. On a processor that cannot happen, for text is patched with all of them in step. A kernel from 6.2 on dies of it; an older
# one goes back to the instruction, for ever, and is found there by the NMI that ends a guest which stands still.
stale_breakpoint() {
	awk '
		/int3: 0000| asm_exc_int3\+/ { look = 1 }
		look && /Code: / { look = 0; if (/[0-9a-f][0-9a-f] </ && !/ cc </) found = 1 }
		END { exit !found }' "$1"
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
