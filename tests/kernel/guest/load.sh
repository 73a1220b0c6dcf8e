#!/usr/bin/env bash
# Loading, choosing disks, the switches: vda and vdb, not throttled.
. "$(dirname "$0")/../lib/guest.sh"

mark
works "loads without devices" load_idle wait_time
equal "says nothing when it loads well" "" "$(log | grep -iE 'error|fail|warn|golden' | grep -v 'module verification')"
equal "no disk is chosen by default" "" "$(value wait_time devices)"
equal "acting is off by default" 0 "$(value wait_time act)"
equal "collecting is off by default" 0 "$(value wait_time collect)"
set_value wait_time collect keep
reads vda 50
settle vda
equal "no disk chosen: no event is seen" 0 "$(value wait_time events/bio_queue)"
equal "no disk chosen: nothing is recorded" 0 "$(value wait_time ring/produced)"
matches "the fingerprint is shown" '^[0-9a-f]{64}$' "$(value wait_time fingerprint)"
equal "only root may open the device" "600 root" "$(stat -c '%a %U' /dev/kml-wait_time)"
equal "every file for all is read-only" "" "$(find "$(sys wait_time '')" -maxdepth 2 -name '[a-z]*' -type f -perm /022 | grep -v power)"

works "two disks are chosen at run time" set_value wait_time devices "vda vdb"
equal "both are named" "vda vdb" "$(value wait_time devices)"
complains "an unknown disk is refused by name" "kml_wait_time: .*vdz" set_value wait_time devices vdz
equal "... and the former choice stands" "vda vdb" "$(value wait_time devices)"
complains "a known and an unknown disk are refused" "kml_wait_time: .*nothere" set_value wait_time devices "vda nothere"
equal "... and the former choice stands too" "vda vdb" "$(value wait_time devices)"
complains "what is no disk is refused by name" "kml_wait_time: .*/dev/null" set_value wait_time devices /dev/null
complains "a number that is no disk is refused by name" "kml_wait_time: .*259:77" set_value wait_time devices 259:77
# Neither of what is out of range nor of what is no number is a part taken for the whole: 4350:0 was vda's 254:0, cut to 12 bits.
numbers=$(cat /sys/block/vda/dev)
major=${numbers%:*} minor=${numbers#*:}
for number in $((major + 4096)):$minor $((major + 4294967296)):$minor $major:$((minor + 1048576)) $major:$((minor + 4294967296)) \
	$major:${minor}x $major:$minor: $major:$minor:0 $major:0x$minor $major:+$minor $major:-$minor :$minor $major: : :: 0:0 4095:1048575 \
	$major:$minor/vda vda:$minor $major:$minor$minor$minor$minor$minor$minor$minor$minor$minor$minor$minor$minor; do
	complains "'$number' is refused by name" "kml_wait_time: devices: .*'${number//+/[+]}'" set_value wait_time devices "$number"
done
complains "a name's control characters do not reach the log" 'kml_wait_time: devices: .*vd\\(r|x0d|033|e)' set_value wait_time devices "$(printf 'vd\ra')"
refused "what follows a NUL is not left out" "Invalid" eval 'printf "vda\0vdz" >"$(sys wait_time devices)"'
printf '%4095s,vda' x >/tmp/long
refused "a list beyond one page is not taken for a part of it" "Invalid" dd if=/tmp/long of="$(sys wait_time devices)" bs=8192
equal "... and the former choice still stands" "vda vdb" "$(value wait_time devices)"
mkdir -p /dev/disk/by-test
long=/dev/disk/by-test/$(printf 'disk-%.0s' $(seq 40))
ln -s ../../vdb "$long"
works "a disk is chosen by a long link of udev's" set_value wait_time devices "$long"
equal "... and shows by its name" "vdb" "$(value wait_time devices)"
set_value wait_time devices "vda vdb"
complains "an endless name is refused" "kml_wait_time: " set_value wait_time devices "$(printf 'v%.0s' $(seq 300))"
works "a disk named twice is one" set_value wait_time devices "vda,vda,/dev/vda"
equal "... and shows once" "vda" "$(value wait_time devices)"
works "a disk is chosen by number" set_value wait_time devices "$(cat /sys/block/vdb/dev)"
equal "... and shows by name" "vdb" "$(value wait_time devices)"

snapshot wait_time
reads vda 30
reads vdb 20
settle vda vdb
equal "only the chosen disk is seen" 20 "$(change wait_time events/bio_queue)"
works "no disk is chosen again" set_value wait_time devices none
snapshot wait_time
reads vdb 20
settle vdb
equal "... and none is seen" 0 "$(change wait_time events/bio_queue)"
equal "... and nothing of it stays in flight" 0 "$(value wait_time join/in_flight)"
works "an empty choice is no disk" set_value wait_time devices ""

works "the disk is chosen" set_value wait_time devices vda
works "collecting is switched off" set_value wait_time collect 0
snapshot wait_time
reads vda 25
settle vda
equal "not collecting: nothing is recorded" 0 "$(change wait_time ring/produced)"
equal "not collecting: predictions go on" 25 "$(change wait_time prediction/tried)"
works "predicting is switched off too" set_value wait_time predict 0
snapshot wait_time
reads vda 25
settle vda
equal "neither: nothing is predicted" 0 "$(change wait_time prediction/tried)"
equal "neither: the state is kept" 25 "$(change wait_time events/bio_queue)"
set_value wait_time collect keep
snapshot wait_time
reads vda 25
settle vda
equal "collecting alone: records come" 25 "$(change wait_time ring/produced)"
equal "collecting alone: nothing is predicted" 0 "$(change wait_time prediction/tried)"
set_value wait_time predict 1

for switch in collect predict act path holdout devices; do
	former=$(value wait_time "$switch")
	for garbage in "maybe?" "-1" "999999999999999999999" "../../etc" "$(head -c 4000 /dev/zero | tr '\0' x)"; do
		refused "$switch refuses '${garbage:0:24}'" "Invalid argument|No such device|out of range|File name too long|No such file|Block device required" set_value wait_time "$switch" "$garbage"
	done
	equal "$switch is as before" "$former" "$(value wait_time "$switch")"
done
for switch in collect predict act; do
	former=$(value wait_time $switch)
	for garbage in 2 "1 0" 1x 10 yikes "on fire" 0x 0ff 1.0; do
		refused "$switch refuses '$garbage', of which a part would be a value" "Invalid|range" set_value wait_time $switch "$garbage"
	done
	equal "... and $switch is as before" "$former" "$(value wait_time $switch)"
done
for garbage in 5% "5 6" 0x5 5.0 4294967301; do
	refused "holdout refuses '$garbage'" "Invalid|range" set_value wait_time holdout "$garbage"
done
refused "holdout refuses more than 100" "Invalid|range" set_value wait_time holdout 101
works "holdout takes 100" set_value wait_time holdout 100
works "holdout takes 5" set_value wait_time holdout 5
for file in $(cd "$(sys wait_time '')" && find events join ring prediction accuracy -type f); do
	matches "$file is a number" '^[0-9]+$' "$(value wait_time "$file")"
done
refused "a counter cannot be written" "ermission denied|Input/output" set_value wait_time join/queued 0

refused "loaded twice: refused" "File exists" load wait_time
mkdir -p /tmp/other
sed 's/kml_wait_time/kml_fake_time/g' /share/wait_time/kml_wait_time.ko >/tmp/other/kml_fake_time.ko
complains "a second module of the same model says why it is refused" "kml_fake_time: cannot register /dev/kml-wait_time" insmod /tmp/other/kml_fake_time.ko
works "... and the first goes on" reads vda 5

works "a second model loads beside the first" load service_time devices=vdb
works "a third" load outcome devices=vda,vdb
works "a fourth, without weights" load backlog devices=vdb
snapshot wait_time
snapshot service_time
snapshot outcome
reads vda 40
reads vdb 60
settle vda vdb
equal "the first sees its disk" 40 "$(change wait_time ring/produced)"
equal "the second sees its own" 60 "$(change service_time ring/produced)"
equal "the third sees both" 100 "$(change outcome ring/produced)"
number "the first predicts" "$(($(change wait_time prediction/float)))" -ge 1
number "the second predicts" "$(($(change service_time prediction/float) + $(change service_time prediction/integer)))" -eq 60
complains "without weights nothing can be predicted, and it says so" "kml_backlog: .*weights" set_value backlog predict 1
complains "without weights nothing can be acted on" "kml_backlog: .*weights" set_value backlog act 1
complains "without a policy nothing can be acted on" "kml_outcome: act: .*no policy" set_value outcome act 1
equal "acting is off without a policy" 0 "$(value outcome act)"
equal "predicting is off without weights" 0 "$(value backlog predict)"
for model in wait_time service_time outcome backlog; do
	identities $model "$model beside others"
	answers $model "$model beside others"
done
for model in backlog wait_time outcome service_time; do works "$model unloads" unload $model; done
equal "no device file is left" "" "$(ls /dev | grep kml)"
equal "no directory is left" "" "$(ls /sys/class/misc | grep kml)"

complains "load with an unknown disk: refused by name" "kml_wait_time: .*vdq" load wait_time devices=vda,vdq
equal "... and nothing is left of it" "" "$(grep kml /proc/modules; ls /dev | grep kml)"
works "... and the next load works" load wait_time devices=vda
reads vda 10

# A disk that the kernel has to load a driver for, which takes as long as that takes: unloading waits for no write with a mutex that the driver needs.
modprobe=$(cat /proc/sys/kernel/modprobe)
printf '%s\n' '#!/bin/bash' 'touch /tmp/asked' 'until [ -e /tmp/answer ]; do sleep 0.1; done' >/tmp/modprobe
chmod +x /tmp/modprobe
echo /tmp/modprobe >/proc/sys/kernel/modprobe
set_value wait_time devices 7:0 2>/dev/null &
writer=$!
eventually "a disk without a driver: the kernel asks for one" test -e /tmp/asked
refused "... and unloading meanwhile is refused" "in use" unload wait_time
touch /tmp/answer
wait $writer
echo "$modprobe" >/proc/sys/kernel/modprobe
equal "... and the choice stands" vda "$(value wait_time devices)"
unload wait_time
echo "end of load.sh"
