#!/usr/bin/env bash
# What the rings take: 4 CPUs, on 6.1 of 64 that could be. CPUs that come and go while it collects. vda is not throttled.
. "$(dirname "$0")/../lib/guest.sh"

# Bytes of a module's own allocations, and those of one ring, from the kernel's list.
taken() { awk -v module="[kml_$1]" '$4 == module { n += $2 } END { print n + 0 }' /proc/vmallocinfo; }
rings() { awk -v module="[kml_$1]" -v least="$2" '$4 == module && $2 >= least { n++ } END { print n + 0 }' /proc/vmallocinfo; }
# A module that has gone has no name there any more: its allocations are those of nobody.
nobodys() { awk '$3 ~ /^0x/ { n += $2 } END { print n + 0 }' /proc/vmallocinfo; }
cpu() { echo "$2" >"/sys/devices/system/cpu/cpu$1/online"; }
on_cpu() { taskset -c "$1" dd if=/dev/vda of=/dev/null bs=4k iflag=direct count="$2" status=none; }

# Newer kernels do not believe firmware that lists processors which are not there.
case $(uname -r) in 6.1.*) equal "64 CPUs are possible" 0-63 "$(cat /sys/devices/system/cpu/possible)" ;; esac
equal "4 are there" 0-3 "$(cat /sys/devices/system/cpu/online)"
before=$(awk '/^VmallocUsed:/ { print $2 }' /proc/meminfo)
leaked=$(nobodys)
load_idle wait_time
number "loaded: KiB taken, its code included" $(($(awk '/^VmallocUsed:/ { print $2 }' /proc/meminfo) - before)) -le 1024
idle=$(taken wait_time)
set_value wait_time collect keep
all=$(taken wait_time)
one=$(((all - idle) / 4))
number "collecting: bytes of a ring" "$one" -ge 262144
equal "collecting: a ring for each CPU that is there" 4 "$(rings wait_time "$one")"
set_value wait_time collect 0
equal "ended: all of it is given back" "$idle" "$(taken wait_time)"
stay collect wait_time
equal "a reader: a ring for each CPU that is there" 4 "$(rings wait_time "$one")"
set_value wait_time collect 0
equal "ended, but open: the rings stay for its reader" 4 "$(rings wait_time "$one")"
gone
eventually "closed: all of it is given back" eval '[ "$(taken wait_time)" = "$idle" ]'

# CPUs that come and go.
cpu 3 0
set_value wait_time devices vda
before_disk=$(taken wait_time)
set_value wait_time collect keep
with_disk=$before_disk
equal "a CPU that is not there has no ring" $((before_disk + 3 * one)) "$(taken wait_time)"
cpu 3 1
snapshot wait_time
on_cpu 3 30
settle vda
equal "a CPU that comes is recorded" 30 "$(change wait_time ring/produced)"
equal "... and nothing is lost" 0 "$(change wait_time ring/dropped)"
cpu 3 0
equal "a CPU that goes leaves what it recorded" 30 "$($client drain wait_time)"
identities wait_time "a CPU that went"
cpu 3 1
on_cpu 3 10
settle vda
equal "a CPU that comes again goes on" 10 "$(value wait_time ring/pending)"
cpu 3 0
set_value wait_time collect 0
equal "ended while it is away: what waited is dropped" 10 "$(change wait_time ring/dropped)"
equal "... and its ring is given back too" "$((with_disk))" "$(taken wait_time)"
identities wait_time "ended while a CPU is away"
cpu 3 1

# A storm of them, of beginnings and of ends, under load, with a reader or without.
fio --name=storm --filename=/dev/vda --rw=randread --bs=4k --size=64M --time_based --runtime=1d --direct=1 --ioengine=libaio --iodepth=8 --numjobs=4 \
	--randseed=1 --allow_file_create=0 --output=/dev/null 2>/dev/null &
storm=$!
for i in $(seq 12); do
	stay collect wait_time
	cpu 3 0
	cpu 2 0
	[ $((i % 3)) -eq 0 ] && kill -KILL "$stayer"
	cpu 3 1
	set_value wait_time collect keep
	cpu 2 1
	[ $((i % 3)) -eq 0 ] || gone
	wait "$stayer" 2>/dev/null
	set_value wait_time collect 0
done
kill $storm
wait $storm 2>/dev/null
settle vda
identities wait_time "a storm of CPUs, readers and switches"
equal "... and all of it is given back" "$with_disk" "$(taken wait_time)"
unload wait_time

# The total. Two rings of half a MiB fit into one, four do not.
load_idle wait_time devices=vda ring_mib=1
before=$(taken wait_time)
complains "more than the total is refused, and the remedy named" "kml_wait_time: collect: .*ring_mib=1;.*larger" set_value wait_time collect keep
equal "... and it stays off" 0 "$(value wait_time collect)"
equal "... and nothing is taken" "$before" "$(taken wait_time)"
stay open wait_time
complains "a reader is refused too" "kml_wait_time: collect: .*ring_mib" set_value wait_time collect 1
gone
cpu 3 0
cpu 2 0
works "as many CPUs as fit: it collects" set_value wait_time collect keep
mark
cpu 2 1
matches "a CPU beyond the total: the log says so" "kml_wait_time: .*CPU 2 .*dropped" "$(log)"
snapshot wait_time
on_cpu 2 15
settle vda
equal "... and its records are counted as dropped" "15 15" "$(change wait_time ring/produced) $(change wait_time ring/dropped)"
on_cpu 1 5
settle vda
equal "... those of the others are not" 15 "$(change wait_time ring/dropped)"
identities wait_time "a CPU beyond the total"
unload wait_time
cpu 3 1
complains "a total of nothing" "ring_mib=0" eval 'load wait_time ring_mib=0'
unload wait_time
equal "nothing is left of any of them" "$leaked" "$(nobodys)"
echo "end of memory.sh"
