# shellcheck shell=bash
# What the scripts in guest/ share: sourced in the guest, where /share holds the modules and the client.

set -u
. "$(dirname "${BASH_SOURCE[0]}")/checks.sh"

client=/share/client

# load_idle MODEL [PARAMETER=VALUE...]: as insmod leaves it
load_idle() { insmod "/share/$1/kml_$1.ko" "${@:2}"; }
# load MODEL [PARAMETER=VALUE...]: and it collects, whether somebody reads or not
load() { load_idle "$@" && set_value "$1" collect keep; }
unload() { rmmod "kml_$1"; }

sys() { printf '/sys/class/misc/kml-%s/%s' "$1" "$2"; }

# Checks that a program prints by itself, until its end: one that dies on the way has failed.
checked() {
	local status=0
	"$@" || status=$?
	[ "$status" -eq 0 ] || not_ok "$* ran to its end" "status $status"
}

# The program of ../models, started once, for it takes seconds here: replay WORDS... has it do one thing, whose checks it prints.
start_replay() {
	coproc REPLAY { exec dotnet "$KML_APP" replay "$(dirname "$0")/../models/weights" 2>&1; }
	replay_pid=$REPLAY_PID replay_input=${REPLAY[1]} replay_output=${REPLAY[0]}
}
replay() {
	local line
	printf '%s\n' "$*" >&"$replay_input"
	while read -r line <&"$replay_output"; do
		[ "$line" != done ] || return 0
		printf '%s\n' "$line"
	done
	not_ok "replay $*" "the program has ended"
}
end_replay() {
	local status=0
	eval "exec $replay_input>&-"
	wait "$replay_pid" || status=$?
	equal "the program that replays ends" 0 "$status"
}

# A client that stays until told to go: stay VERB MODEL, then gone, or a signal to $stayer
stay() {
	local line
	coproc STAY { exec "$client" "$@" 2>&1; }
	stayer=$STAY_PID stay_input=${STAY[1]}
	read -r -t 900 line <&"${STAY[0]}"
	equal "a client is there ($*)" ready "$line"
}
gone() {
	eval "exec $stay_input>&-"
	wait "$stayer" 2>/dev/null
}

# value MODEL FILE
value() { cat "$(sys "$1" "$2")"; }

# set_value MODEL FILE VALUE
set_value() { printf '%s\n' "$3" >"$(sys "$1" "$2")"; }

# The kernel's log since the last mark.
mark() { printf 'kml-tests: mark %s\n' "${marks:=0}" >/dev/kmsg; }
log() { dmesg | tac | sed '/kml-tests: mark/q' | tac; }

# complains NAME PATTERN COMMAND...: the command fails and says why in the kernel's log
complains() {
	local name=$1 pattern=$2 status=0
	shift 2
	mark
	"$@" >/dev/null 2>&1 || status=$?
	if [ "$status" -eq 0 ]; then
		not_ok "$name" "expected '$*' to be refused, but it worked"
	else
		matches "$name" "$pattern" "$(log)"
	fi
}

# Waits until a command is true: eventually NAME COMMAND... The bound only ends what hangs; nothing is judged by its time.
eventually() {
	local name=$1 end=$((SECONDS + 900))
	shift
	while [ "$SECONDS" -lt "$end" ]; do
		if "$@"; then
			ok "$name"
			return
		fi
		sleep 0.1
	done
	not_ok "$name" "expected '$*' to become true"
}

# held SERVICE_US REQUESTS: the disk `held` of disk/held_disk.c, which serves a request in so long by the guest's clock, with a scheduler
# that takes so many, of any kind; where their number is set has moved
held() {
	local depth
	insmod /share/held_disk.ko service_us="$1"
	eventually "the held disk is there" test -b /dev/held
	echo mq-deadline >/sys/block/held/queue/scheduler
	echo "$2" >/sys/block/held/queue/nr_requests
	for depth in /sys/block/held/queue/{iosched/,}async_depth; do [ ! -e "$depth" ] || echo "$2" >"$depth"; done
}
hold() { echo "$1" >/sys/module/held_disk/parameters/hold; }

# Until no request of a disk is in flight: counters are exact when nothing runs.
settle() {
	local disk
	sync
	for disk; do
		while [ -e "/sys/block/$disk/inflight" ] && grep -q '[1-9]' "/sys/block/$disk/inflight"; do sleep 0.05; done
	done
	sleep 0.1
}

# identities MODEL NAME: the join's and the ring's account, to the last request
identities() {
	local q sum=0 file text='' p c d w
	q=$(value "$1" join/queued)
	for file in "$(sys "$1" join)"/*; do
		[ "${file##*/}" = queued ] && continue
		sum=$((sum + $(cat "$file"))) text+=" + $(cat "$file") ${file##*/}"
	done
	equal "$2: join identity ($q =${text# +})" "$q" "$sum"
	p=$(value "$1" ring/produced) c=$(value "$1" ring/consumed) d=$(value "$1" ring/dropped) w=$(value "$1" ring/pending)
	equal "$2: ring identity ($p = $c consumed + $d dropped + $w pending)" "$p" $((c + d + w))
}

# answers MODEL NAME: every attempt at a prediction is accounted for
answers() {
	local t=0 file
	for file in "$(sys "$1" prediction)"/{float,integer,none_*}; do t=$((t + $(cat "$file"))); done
	equal "$2: attempts = answers + each kind of none" "$(value "$1" prediction/tried)" "$t"
}

# Counters as words, for deltas: snapshot MODEL; change MODEL FILE
declare -A before
snapshot() {
	local f
	for f in "$(sys "$1" '')"{events,join,ring,prediction}/*; do before[$f]=$(cat "$f"); done
}
change() {
	local f
	f=$(sys "$1" "$2")
	printf '%s' $(($(cat "$f") - before[$f]))
}

# reads DISK COUNT [SKIP]: direct reads of 4 KiB, one after the other
reads() { dd if="/dev/$1" of=/dev/null bs=4k iflag=direct count="$2" skip="${3:-0}" status=none; }
writes() { dd if=/dev/zero of="/dev/$1" bs=4k oflag=direct count="$2" seek="${3:-0}" status=none; }
