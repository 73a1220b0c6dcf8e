#!/usr/bin/env bash
# kml collect, ended in every way that a process can be: the module's switches are as it found them, and what it read is kept.
# vda serves 300 requests a second.
# Runs .NET.
. "$(dirname "$0")/../lib/guest.sh"

tool=$(dirname "$0")/../../../src/Kml.Cli/bin/Debug/net10.0/Kml.Tool.dll
collect() { exec dotnet "$tool" collect "$KML_APP" --model wait_time --out "/tmp/$1.safetensors" "${@:2}"; }
switches() { printf '%s, %s' "$(value wait_time collect)" "$(value wait_time devices)"; }

load_idle wait_time
reading() { exec fio --name=reading --filename=/dev/vda --rw=randread --bs=4k --size=64M --time_based --runtime=1d --direct=1 --ioengine=libaio --iodepth=2 \
	--randseed=1 --allow_file_create=0 --output=/dev/null 2>/dev/null; }
reading &
reading=$!
for end in TERM HUP KILL; do
	# A file each: what the one before wrote would be read until this one has begun.
	collect $end --device vda --records 400000 2>/tmp/progress.$end &
	tool_pid=$!
	eventually "kml collect reads" grep -qs '^[1-9].* of' /tmp/progress.$end
	equal "... with the switches that it needs" "1, vda" "$(switches)"
	kill -$end $tool_pid
	wait $tool_pid
	[ $end = KILL ] && break
	equal "SIG$end: the switches are as it found them" "0, " "$(switches)"
	number "SIG$end: bytes kept of what it read" "$(stat -c %s /tmp/$end.safetensors)" -gt 4096
done
eventually "SIGKILL: the module itself ends collecting" eval '[ "$(value wait_time collect)" = 0 ]'
set_value wait_time devices none

refused "a disk's wrong name is refused by name" "vdz" eval "(collect wrong --device vdz --records 10)"
equal "... and the switches are as it found them" "0, " "$(switches)"
(collect full --device vda --records 500 2>/dev/full)
equal "a full disk under its progress does not end it" 0 $?
equal "... and the switches are as it found them" "0, " "$(switches)"
number "... and what it read is kept: bytes" "$(stat -c %s /tmp/full.safetensors)" -gt 100000
set_value wait_time collect keep
(collect keep --device vda --records 100 2>/dev/null)
equal "what collected before goes on" "keep, " "$(switches)"
kill $reading
wait $reading 2>/dev/null
settle vda
identities wait_time "after all of it"
unload wait_time
echo "end of tool.sh"
