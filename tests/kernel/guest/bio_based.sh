#!/usr/bin/env bash
# Disks on which no request is ever made, so that a model's label can never come: dm, md, brd, zram upon or beside vda, and NVMe multipath
# heads where the kernel has nvme-loop. vda is not throttled.
. "$(dirname "$0")/../lib/guest.sh"

load wait_time devices=vda

# refuses NAME DISK REMEDY: not chosen, and the log says why and what to do
refuses() {
	complains "$1 is refused, with what it lacks" "kml_wait_time: devices: '$2' .*block_rq_issue" set_value wait_time devices "$2"
	matches "$1: the remedy is named" "kml_wait_time: devices: .*$3" "$(log)"
	equal "$1: the former choice stands" "vda" "$(value wait_time devices)"
}

modprobe dm_mod
echo "0 131072 linear /dev/vda 0" | dmsetup create --noudevsync stack
dmsetup mknodes
refuses "a mapped device" "$(basename "$(ls -d /sys/block/dm-*)")" "if /sys/block/dm-.*/slaves"
complains "... also among others" "kml_wait_time: devices: 'dm-" set_value wait_time devices "vda $(basename "$(ls -d /sys/block/dm-*)")"
dmsetup remove stack

modprobe brd rd_nr=2 rd_size=8192
refuses "a RAM disk" ram0 "slaves"
modprobe zram
echo 16M >/sys/block/zram0/disksize
refuses "compressed memory" zram0 "slaves"

# The model that does not need an event of requests has none to miss; every label needs one, so that is what all of them say.
load outcome
complains "another label names its own event" "kml_outcome: devices: 'ram0' .*block_rq_complete" set_value outcome devices ram0
unload outcome

# A disk of requests without a scheduler is taken, and what then is rare is said.
load backlog
echo none >/sys/block/vda/queue/scheduler
complains_not() { mark; set_value "$1" devices vda; log; }
matches "a model of insertions warns where there is no scheduler" "kml_backlog: .*'vda' has no I/O scheduler.*/sys/block/vda/queue" "$(complains_not backlog)"
equal "... and takes the disk" "vda" "$(value backlog devices)"
lacks "a model of none says nothing" "scheduler" "$(complains_not wait_time)"
echo mq-deadline >/sys/block/vda/queue/scheduler
set_value backlog devices none
lacks "with a scheduler nothing is said" "scheduler" "$(complains_not backlog)"
unload backlog

# nvme_disk MULTIPATH: a namespace of the kernel's own target, upon ram1; prints the disks that it makes, hidden ones too
nvme_disk() {
	modprobe nvme_core multipath="$1" && modprobe nvmet && modprobe nvme_loop || return 1
	local c=/sys/kernel/config/nvmet i
	mountpoint -q /sys/kernel/config || mount -t configfs config /sys/kernel/config
	mkdir -p $c/subsystems/kml/namespaces/1 $c/ports/1
	echo 1 >$c/subsystems/kml/attr_allow_any_host
	echo /dev/ram1 >$c/subsystems/kml/namespaces/1/device_path
	echo 1 >$c/subsystems/kml/namespaces/1/enable
	echo loop >$c/ports/1/addr_trtype
	ln -s $c/subsystems/kml $c/ports/1/subsystems/kml
	echo "transport=loop,nqn=kml" >/dev/nvme-fabrics || return 1
	for i in $(seq 100); do
		[ -b /dev/nvme0n1 ] && break
		sleep 0.1
	done
	(cd /sys/block && echo nvme*n1)
}
nvme_gone() {
	local c=/sys/kernel/config/nvmet f
	for f in /sys/class/nvme/*/delete_controller; do echo 1 >"$f"; done
	rm $c/ports/1/subsystems/kml
	rmdir $c/ports/1 $c/subsystems/kml/namespaces/1 $c/subsystems/kml
	rmmod nvme_loop nvmet nvme_fabrics nvme_core
}
if modinfo nvme_loop >/dev/null 2>&1; then
	equal "an NVMe namespace comes as a head and a hidden way to it" "nvme0c0n1 nvme0n1" "$(nvme_disk Y)"
	refuses "the head of an NVMe multipath" nvme0n1 "nvme_core.multipath=N"
	nvme_gone
	equal "without multipath it comes again" nvme0n1 "$(nvme_disk N)"
	works "... and is chosen" set_value wait_time devices nvme0n1
	snapshot wait_time
	reads nvme0n1 30
	settle nvme0n1
	equal "... and its reads are labelled" 30 "$(change wait_time join/labelled)"
	identities wait_time "NVMe"
	set_value wait_time devices none
	nvme_gone
fi
unload wait_time
echo "end of bio_based.sh"
