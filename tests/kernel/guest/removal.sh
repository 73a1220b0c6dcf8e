#!/usr/bin/env bash
# Disks and modules that go while they are used: vda and vdb at 200 requests a second, vdc at 500.
. "$(dirname "$0")/../lib/guest.sh"

# Until it is killed, or its disk goes: busy DISK
busy() { exec fio --name="$1" --filename="/dev/$1" --rw=randrw --bs=4k --size=200M --time_based --runtime=1d --direct=1 --ioengine=libaio --iodepth=32 --randseed=3 --allow_file_create=0 --output=/dev/null 2>/dev/null; }

load wait_time devices=vda
stay open wait_time
refused "rmmod while the device is open is refused" "in use" unload wait_time
gone
stay map wait_time
refused "rmmod while only a mapping is left is refused" "in use" unload wait_time
refused "... and nobody else may open it" "busy" $client open wait_time
gone
works "rmmod works when it is closed" unload wait_time

load wait_time devices=vda,vdb,vdc
load outcome devices=vda
stay follow wait_time
busy vda &
io=$!
busy vdb &
other=$!
eventually "requests are in flight" eval '[ "$(value wait_time join/in_flight)" -gt 0 ]'
mark
unplug vda
equal "unplugged in use: it leaves the choice" "vdb vdc" "$(value wait_time devices)"
equal "unplugged in use: it leaves the other model's choice" "" "$(value outcome devices)"
equal "... where nothing stays in flight" 0 "$(value outcome join/in_flight)"
matches "unplugged in use: the log names disk and module" "kml_wait_time: .*vda" "$(log)"
wait $io
snapshot wait_time
reads vdc 100
number "the others go on" "$(change wait_time ring/produced)" -ge 100
kill $other 2>/dev/null
wait $other 2>/dev/null
settle vdb vdc
identities wait_time "after an unplug"
identities outcome "after an unplug, of another model"
complains "a disk that went cannot be chosen" "kml_wait_time: .*vda" set_value wait_time devices "vda vdb"
equal "... and the choice stands" "vdb vdc" "$(value wait_time devices)"
gone

echo 1 >/sys/bus/pci/rescan
eventually "the disk comes back" test -b /dev/vda
works "a disk of the same name is chosen" set_value wait_time devices "vda vdb vdc"
snapshot wait_time
reads vda 20
settle vda
equal "a disk of the same name is observed" 20 "$(change wait_time ring/produced)"
identities wait_time "a disk of the same name"

# A partition from sector 2048 that comes, and goes and comes again when the table is read anew: the disk stays.
printf '\0\0\2\0\x83\xff\xff\xff\0\x08\0\0\0\x10\0\0' | dd of=/dev/vdb bs=1 seek=446 conv=notrunc status=none
printf '\x55\xaa' | dd of=/dev/vdb bs=1 seek=510 conv=notrunc status=none
works "the table is read" blockdev --rereadpt /dev/vdb
eventually "a partition comes" test -b /dev/vdb1
works "the table is read anew" blockdev --rereadpt /dev/vdb
equal "a partition that goes leaves its disk chosen" "vda vdb vdc" "$(value wait_time devices)"

unplug vdb
unplug vda
unplug vdc
equal "all unplugged: none is chosen" "" "$(value wait_time devices)"
equal "all unplugged: nothing stays in flight" 0 "$(value wait_time join/in_flight)"
identities wait_time "all unplugged"
identities outcome "all unplugged, of another model"
unload wait_time
unload outcome
echo 1 >/sys/bus/pci/rescan
eventually "all disks come back" eval '[ -b /dev/vda ] && [ -b /dev/vdb ] && [ -b /dev/vdc ]'
for disk in vda vdb; do echo mq-deadline >/sys/block/$disk/queue/scheduler; done

# Loading and unloading under load, records made and labels pending all the time.
busy vda &
io=$!
busy vdc &
other=$!
loads=0
for i in $(seq 10); do
	load wait_time devices=vda,vdc && load service_time devices=vdc,vda && loads=$((loads + 1))
	eventually "load $i: requests are recorded meanwhile" eval '[ "$(value wait_time ring/produced)" -gt 0 ]'
	unload wait_time
	unload service_time
done
equal "loaded and unloaded under load, 10 times" 10 "$loads"

# A disk that goes while its module does, in either order.
for i in 1 2 3; do
	load wait_time devices=vda,vdc
	load outcome devices=vda
	eventually "requests are in flight before unplug $i" eval '[ "$(value wait_time join/in_flight)" -gt 0 ]'
	unplug vda &
	unload wait_time || not_ok "unload beside an unplug" "rmmod failed"
	wait $!
	unload outcome
	wait $io
	echo 1 >/sys/bus/pci/rescan
	eventually "the disk comes back after unplug $i" test -b /dev/vda
	busy vda &
	io=$!
done
ok "a disk went while its module did, 3 times"

kill $io $other 2>/dev/null
wait $io $other 2>/dev/null
echo "end of removal.sh"
