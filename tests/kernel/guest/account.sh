#!/usr/bin/env bash
# The two accounts, after every kind of traffic: vda not throttled, vdb to be stacked upon, and a disk that is held.
. "$(dirname "$0")/../lib/guest.sh"

# How much a request holds, and how far a read looks ahead, is the same on each kernel: newer ones begin with megabytes.
echo 1280 >/sys/block/vda/queue/max_sectors_kb
echo 128 >/sys/block/vda/queue/read_ahead_kb
load wait_time devices=vda
snapshot wait_time
reads vda 500
settle vda
equal "direct reads: each bio is seen" 500 "$(change wait_time join/queued)"
equal "direct reads: each is labelled" 500 "$(change wait_time join/labelled)"
equal "direct reads: each is recorded" 500 "$(change wait_time ring/produced)"
equal "direct reads: each is issued once" 500 "$(change wait_time events/block_issue)"
equal "direct reads: each completes once" 500 "$(change wait_time events/block_complete)"
equal "direct reads: nothing stays in flight" 0 "$(value wait_time join/in_flight)"
identities wait_time "direct reads"

equal "a stopped consumer: the ring keeps what it can hold" 500 "$(value wait_time ring/pending)"
equal "a consumer takes all that waits" 500 "$($client drain wait_time)"
equal "... and then nothing waits" 0 "$(value wait_time ring/pending)"
equal "... and it is counted" 500 "$(value wait_time ring/consumed)"
identities wait_time "after a consumer"

snapshot wait_time
dd if=/dev/zero of=/dev/vda bs=1M count=24 conv=fsync status=none
settle vda
number "buffered writes: bios merge" "$(change wait_time join/merged)" -gt 1000
number "buffered writes: requests are labelled" "$(change wait_time join/labelled)" -ge 16
identities wait_time "buffered writes"

snapshot wait_time
echo 3 >/proc/sys/vm/drop_caches
dd if=/dev/vda of=/dev/null bs=1M count=24 status=none
settle vda
number "buffered reads: requests are labelled" "$(change wait_time join/labelled)" -ge 16
identities wait_time "buffered reads"

echo 64 >/sys/block/vda/queue/max_sectors_kb
snapshot wait_time
dd if=/dev/vda of=/dev/null bs=512k count=32 iflag=direct status=none
settle vda
splits=$(change wait_time events/split)
number "big bios: they are split" "$splits" -ge $((32 * 7))
equal "big bios: each is counted once" 32 "$(change wait_time join/queued)"
equal "big bios: the front of each is labelled" 32 "$(change wait_time join/labelled)"
equal "big bios: each part is issued" $((32 + splits)) "$(change wait_time events/block_issue)"
identities wait_time "big bios"
echo 1280 >/sys/block/vda/queue/max_sectors_kb

snapshot wait_time
works "a discard is taken" /usr/sbin/blkdiscard -o 0 -l 64M /dev/vda
works "zeroes are written" /usr/sbin/blkdiscard -z -o 0 -l 1M /dev/vda
for i in 1 2 3 4 5; do dd if=/dev/zero of=/dev/vda bs=4k count=1 oflag=direct conv=fsync status=none; done
settle vda
number "discards and flushes: they are seen" "$(change wait_time join/queued)" -ge 10
identities wait_time "discards and flushes"

# Refused for lack of a request: these end without ever being issued.
echo 4 >/sys/block/vda/queue/nr_requests
snapshot wait_time
fio --name=nowait --filename=/dev/vda --rw=randread --bs=4k --size=64M --io_size=4M --direct=1 --ioengine=libaio --iodepth=64 \
	--iodepth_batch_submit=64 --nowait=1 --ignore_error=EAGAIN --randseed=1 --output=/dev/null
settle vda
number "without waiting: some bios end unissued" "$(change wait_time join/unissued)" -gt 0
identities wait_time "without waiting"
echo 256 >/sys/block/vda/queue/nr_requests

modprobe ext4
mkfs.ext4 -q -F /dev/vda
mkdir -p /tmp/fs
snapshot wait_time
works "a file system is mounted" mount -t ext4 /dev/vda /tmp/fs
fio --name=files --directory=/tmp/fs --rw=randrw --bsrange=4k-64k --size=4M --nrfiles=8 --fsync=32 --numjobs=2 --randseed=2 --output=/dev/null
umount /tmp/fs
settle vda
number "a file system: requests are labelled" "$(change wait_time join/labelled)" -gt 50
identities wait_time "a file system"

# More in flight than the table holds: small bios, merged, of a disk that finishes none of them.
held 0 2048
set_value wait_time devices held
snapshot wait_time
hold 1
fio --name=flood --filename=/dev/held --rw=read --bs=4k --size=200M --number_ios=7000 --direct=1 --ioengine=libaio --iodepth=12000 \
	--iodepth_batch_submit=96 --allow_file_create=0 --output=/dev/null &
flood=$!
eventually "many in flight: the table overflows" eval '[ "$(change wait_time join/table_full)" -gt 100 ]'
number "many in flight: the table is in use" "$(value wait_time join/in_flight)" -gt 1000
set_value wait_time devices none
equal "a disk given up while busy: nothing of it stays" 0 "$(value wait_time join/in_flight)"
number "... but is counted as expired" "$(change wait_time join/expired)" -gt 1000
set_value wait_time devices held
hold 0
wait $flood
settle held
identities wait_time "many in flight"
unload wait_time

# A medium that goes with requests under way: what divides by the disk's size when they complete still has an answer.
load service_time devices=held
hold 1
fio --name=shrunk --filename=/dev/held --rw=randread --bs=4k --size=200M --number_ios=50 --direct=1 --ioengine=libaio --iodepth=50 \
	--allow_file_create=0 --output=/dev/null &
shrunk=$!
eventually "the medium goes: requests are under way" eval '[ "$(value service_time join/in_flight)" -eq 50 ]'
echo 0 >/sys/module/held_disk/parameters/sectors
hold 0
wait $shrunk
settle held
equal "the medium goes: they complete" 50 "$(value service_time events/block_complete)"
equal "the medium goes: no update divides by zero" 0 "$(value service_time events/faults)"
unload service_time

# Errors: a disk that fails at one place.
modprobe scsi_mod && modprobe sd_mod
modprobe scsi_debug dev_size_mb=64 opts=2 medium_error_start=4660 medium_error_count=8 delay=0
bad=
failing_disk() {
	bad=$(basename "$(ls -d /sys/bus/pseudo/drivers/scsi_debug/adapter*/host*/target*/*/block/* 2>/dev/null)" 2>/dev/null)
	[ -n "$bad" ] && [ -b "/dev/$bad" ]
}
eventually "the failing disk is there" failing_disk
echo mq-deadline >"/sys/block/$bad/queue/scheduler"
load outcome devices="$bad"
snapshot outcome
reads "$bad" 100
for i in 1 2 3 4 5; do dd if="/dev/$bad" of=/dev/null bs=4k iflag=direct count=1 skip=582 status=none 2>/dev/null; done
settle "$bad"
number "errors: the failing requests are seen" "$(change outcome join/queued)" -ge 105
equal "errors: nothing stays in flight" 0 "$(value outcome join/in_flight)"
equal "errors: no label is missing" 0 "$(change outcome prediction/label_fault)"
identities outcome "errors"
answers outcome "errors"

load backlog devices=vda
checked $client sequence backlog /dev/vda
settle vda
identities backlog "a full ring"
number "a full ring: the rest is dropped" "$(value backlog ring/dropped)" -gt 0
unload backlog

# Faults of the model's own methods: no request completed yet; a completion without bytes.
set_value outcome devices none
set_value outcome devices vda
snapshot outcome
reads vda 10
settle vda
equal "faults: the first features divide by zero, the others do not" 1 "$(change outcome prediction/none_fault)"
dd if=/dev/zero of=/dev/vda bs=4k count=1 oflag=direct conv=fsync status=none
settle vda
number "faults: an update without bytes is abandoned" "$(change outcome events/faults)" -ge 1
answers outcome "faults"
unload outcome

# Stacked upon: what is counted is what the chosen disk was asked, whoever asked.
requests() { awk '{ print $1 + $5 }' "/sys/block/$1/stat"; }
modprobe dm_mod
modprobe loop
echo "0 131072 linear /dev/vdb 0" | dmsetup create --noudevsync stack
dmsetup mknodes
load wait_time devices=vdb
snapshot wait_time
asked=$(requests vdb)
dd if=/dev/mapper/stack of=/dev/null bs=4k count=100 iflag=direct status=none
settle vdb
equal "a disk below a mapper: counted once" 100 "$(change wait_time join/queued)"
equal "... as the disk counts itself" 100 "$(($(requests vdb) - asked))"
identities wait_time "a disk below a mapper"
losetup /dev/loop0 /dev/vdb
snapshot wait_time
asked=$(requests vdb)
dd if=/dev/loop0 of=/dev/null bs=4k count=50 iflag=direct status=none
settle vdb
equal "a disk below a loop: every request is seen once" "$(($(requests vdb) - asked))" "$(change wait_time events/block_issue)"
works "the loop itself is chosen, too" set_value wait_time devices "loop0 vdb"
snapshot wait_time
asked=$(requests vdb)
dd if=/dev/loop0 of=/dev/null bs=4k count=30 skip=4096 iflag=direct status=none
settle loop0 vdb
equal "both chosen: each sees its own requests" "$(($(requests vdb) - asked + 30))" "$(change wait_time events/block_issue)"
identities wait_time "both chosen"
set_value wait_time devices vdb
losetup -d /dev/loop0
dmsetup remove stack
addpart /dev/vdb 1 2048 65536
addpart /dev/vdb 2 67584 32768
eventually "partitions appear" test -b /dev/vdb2
snapshot wait_time
reads vdb2 20
settle vdb
equal "a partition's bios are its disk's" 20 "$(change wait_time join/labelled)"
complains "a partition is no choice, and the disk is named" "kml_wait_time: .*vdb1.*vdb" set_value wait_time devices vdb1
identities wait_time "partitions"
unload wait_time
echo "end of account.sh"
