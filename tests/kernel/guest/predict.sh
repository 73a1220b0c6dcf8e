#!/usr/bin/env bash
# Predictions by every path, done again in C#, and acting on them: vda not throttled; a disk that is held.
# Runs .NET.
. "$(dirname "$0")/../lib/guest.sh"

start_replay

# traffic DISK REQUESTS SEED [FIO OPTION...]
traffic() {
	fio --name=traffic --filename="/dev/$1" --rw=randrw --rwmixread=70 --bsrange=4k-64k --size=128M --number_ios="$2" --direct=1 \
		--ioengine=libaio --iodepth=24 --randseed="$3" --allow_file_create=0 --output=/dev/null "${@:4}"
	settle "$1"
}

load wait_time devices=vda
load service_time
load outcome
load backlog
equal "the form for this processor is used" "$KML_ISA" "$(value wait_time isa)"
equal "by default the path is chosen at each prediction" auto "$(value wait_time path)"

snapshot wait_time
traffic vda 600 1
traffic vda 150 9 --numjobs=4
n=$(change wait_time prediction/tried)
number "wait_time, auto: floats predict" "$(change wait_time prediction/float)" -gt 0
equal "wait_time, auto: ... where the FPU can be used" "$n" $(($(change wait_time prediction/float) + $(change wait_time prediction/none_fpu)))
complains "wait_time, int: refused, as there is no integer twin" "kml_wait_time: .*integer twin" set_value wait_time path int
equal "... and the path stays" auto "$(value wait_time path)"
set_value wait_time path none
snapshot wait_time
traffic vda 100 2
equal "wait_time, none: nothing predicts" "$(change wait_time prediction/tried)" "$(change wait_time prediction/none_path)"
set_value wait_time path fpu
snapshot wait_time
traffic vda 100 3
equal "wait_time, fpu: floats predict" "$(change wait_time prediction/tried)" "$(change wait_time prediction/float)"
answers wait_time "wait_time, all paths"
replay compare wait_time "$(value wait_time ring/pending)" float,none
identities wait_time "wait_time, all paths"
set_value wait_time devices none

# Verdict and wish are made of the last bits of the class's confidences, which are in no record: equal verdicts are equal bits.
load sure_wait devices=vda
snapshot sure_wait
traffic vda 600 10
equal "sure_wait: floats predict" "$(change sure_wait prediction/tried)" "$(change sure_wait prediction/float)"
number "sure_wait: by its confidence it would act on some" "$(change sure_wait prediction/would_act)" -gt 0
number "sure_wait: ... and leave others alone" "$(change sure_wait prediction/would_act)" -lt "$(change sure_wait prediction/float)"
answers sure_wait "sure_wait"
replay compare sure_wait "$(value sure_wait ring/pending)" float
identities sure_wait "sure_wait"
unload sure_wait

# by_path MODEL: each path in turn, counted, then all of its records again in C#
by_path() {
	set_value "$1" devices vda
	set_value "$1" path fpu
	snapshot "$1"
	traffic vda 400 4
	equal "$1, fpu: floats predict" "$(change "$1" prediction/tried)" \
		$(($(change "$1" prediction/float) + $(change "$1" prediction/none_fpu) + $(change "$1" prediction/none_fault)))
	equal "$1, fpu: the twin does not" 0 "$(change "$1" prediction/integer)"
	set_value "$1" path int
	snapshot "$1"
	traffic vda 400 5
	equal "$1, int: the twin predicts" "$(change "$1" prediction/tried)" \
		$(($(change "$1" prediction/integer) + $(change "$1" prediction/none_fault)))
	equal "$1, int: floats do not" 0 "$(change "$1" prediction/float)"
	set_value "$1" path auto
	snapshot "$1"
	traffic vda 200 6
	equal "$1, auto: one of the two predicts" "$(change "$1" prediction/tried)" \
		$(($(change "$1" prediction/float) + $(change "$1" prediction/integer) + $(change "$1" prediction/none_fault)))
	answers "$1" "$1, all paths"
	replay compare "$1" "$(value "$1" ring/pending)" float,integer
	identities "$1" "$1, all paths"
	set_value "$1" devices none
}
by_path service_time
by_path outcome

set_value backlog devices vda
reads vda 40
settle vda
replay compare backlog "$(value backlog ring/pending)" none
set_value backlog devices none
unload backlog

# The states that were kept, done again: a disk just chosen, one request after the other.
for model in service_time outcome; do
	set_value $model devices vda
	for i in 1 2 3; do reads vda 40 $((i * 100)); writes vda 30 $((i * 700)); done
	settle vda
	replay states $model "$(value $model ring/pending)"
	set_value $model devices none
done

# Acting, on a disk that is held until its scheduler has a long queue: what is queued then is looked at, not raced.
queued() { cat /sys/kernel/debug/block/held/sched/queued; }	# in real time, best effort, idle
long_queue() { [ "$(queued | awk '{ print $1 + $2 + $3 }')" -ge 200 ]; }
acting() { # acting KIND REQUESTS ACT [FIO OPTION...]
	set_value wait_time act "$3"
	snapshot wait_time
	hold 1
	traffic held "$2" 7 --iodepth=512 "${@:4}" &
	local io=$!	# not $! below: a process substitution is one, too
	eventually "$1: the scheduler has a long queue" long_queue
	read -r most _ < <(queued)
	hold 0
	wait $io
	acted=$(change wait_time prediction/acted) would=$(change wait_time prediction/would_act) held=$(change wait_time prediction/held_out)
	replay acting wait_time "$(value wait_time ring/pending)" 5 "$1"
	identities wait_time "acting, $1"
}
held 1000 512
equal "the share held out is 5 % by default" 5 "$(value wait_time holdout)"
set_value wait_time devices held
acting off 500 0
equal "off: nothing is counted as acted on" 0 "$acted"
equal "off: nothing is held out" 0 "$held"
number "off: what would be done is counted" "$would" -gt 0
equal "off: the scheduler has nothing in real time" 0 "$most"
acting plain 1500 1
number "on: requests are acted on" "$acted" -gt 0
number "on: fewer than the policy asks for" "$acted" -lt "$would"
number "on: some are held out" "$held" -gt 0
number "on: the scheduler has requests in real time" "$most" -gt 0
acting urgent 300 1 --prioclass=1 --prio=0
equal "on: the user's own real time is not counted as acted on" 0 "$acted"
set_value wait_time holdout 100
snapshot wait_time
traffic held 200 8
equal "all held out: nothing is acted on" 0 "$(change wait_time prediction/acted)"
answers wait_time "acting"
unload wait_time
unload service_time
unload outcome
end_replay
echo "end of predict.sh"
