#!/usr/bin/env bash
# The choice of disks changed all the time while they are read and written: vda and vdb, not throttled.
# A probe without a reader section of its own does not live through 20 changes on 7.0 and newer, where tracepoints call preemptible:
# it writes to a device that was freed.
. "$(dirname "$0")/../lib/guest.sh"

busy() { exec fio --name="$1" --filename="/dev/$1" --rw=randrw --bs=4k --size=200M --time_based --runtime=1d --direct=1 --ioengine=libaio --iodepth=32 --numjobs=2 --randseed=3 --allow_file_create=0 --output=/dev/null 2>/dev/null; }

load wait_time devices=vda
load service_time
busy vda &
io=$!
busy vdb &
other=$!
eventually "requests are in flight" eval '[ "$(value wait_time join/in_flight)" -gt 0 ]'
changes=0
for i in $(seq 100); do
	for choice in vdb "vda vdb" none vda; do
		set_value wait_time devices "$choice" && changes=$((changes + 1))
	done
	set_value service_time devices vda
	set_value service_time devices none
done
equal "the choice changed under load, 400 times" 400 "$changes"
kill $io $other 2>/dev/null
wait $io $other 2>/dev/null
settle vda vdb
number "... and requests were seen meanwhile" "$(value wait_time join/labelled)" -gt 0
number "... by another model, too" "$(value service_time join/queued)" -gt 0
identities wait_time "the choice changed under load"
identities service_time "the choice changed under load, of another model"
unload wait_time
unload service_time
echo "end of choice.sh"
