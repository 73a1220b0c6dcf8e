#!/usr/bin/env bash
# Who ends collecting, and what becomes of what nobody read: vda is not throttled, and a disk is held.
. "$(dirname "$0")/../lib/guest.sh"

produces() { # produces NAME COUNT: of 20 reads of vda, so many are recorded
	snapshot wait_time
	reads vda 20
	settle vda
	equal "$1" "$2" "$(change wait_time ring/produced)"
}

load_idle wait_time devices=vda
equal "at load it is off" 0 "$(value wait_time collect)"
produces "... and nothing is recorded" 0
complains "1 without a reader is refused, and the other way is named" "kml_wait_time: collect: .*keep" set_value wait_time collect 1
equal "... and it stays off" 0 "$(value wait_time collect)"

# A reader, however it ends: its file closes.
for end in TERM HUP KILL; do
	stay collect wait_time
	equal "a reader collects" 1 "$(value wait_time collect)"
	produces "... and records come" 20
	kill -$end "$stayer"
	wait "$stayer" 2>/dev/null
	eventually "SIG$end to the reader ends collecting" eval '[ "$(value wait_time collect)" = 0 ]'
	produces "... and nothing is recorded any more" 0
	equal "... and what it left is given back" 0 "$(value wait_time ring/pending)"
	identities wait_time "after SIG$end"
done
equal "what no reader took is counted as dropped" "$(value wait_time ring/produced)" "$(value wait_time ring/dropped)"

stay map wait_time
works "a mapping alone is a reader" set_value wait_time collect 1
produces "... and records come" 20
gone
eventually "... and collecting ends with it" eval '[ "$(value wait_time collect)" = 0 ]'

stay open wait_time
set_value wait_time collect 1
produces "a reader collects again" 20
set_value wait_time collect 0
produces "switched off with its reader there: nothing is recorded" 0
equal "... and what waits can still be read" 20 "$(value wait_time ring/pending)"
set_value wait_time collect 1
produces "switched on again: records come" 20
equal "... behind those that wait" 40 "$(value wait_time ring/pending)"
gone
eventually "... until it goes" eval '[ "$(value wait_time ring/pending)" = 0 ]'
identities wait_time "on, off and on again"

set_value wait_time collect keep
stay collect wait_time
equal "keep, then a reader's own: it ends with that" 1 "$(value wait_time collect)"
gone
eventually "... and so it does" eval '[ "$(value wait_time collect)" = 0 ]'
set_value wait_time collect keep
produces "keep without a reader: records come" 20
stay open wait_time
gone
equal "keep stays when a reader goes" keep "$(value wait_time collect)"
equal "... and so does what it did not read" 20 "$(value wait_time ring/pending)"
produces "... and records come" 20
equal "a reader that comes takes both" 40 "$($client drain wait_time)"
set_value wait_time collect 0
identities wait_time "keep"

# Requests that were queued while it collected and are issued when there are no rings any more.
held 0 256
set_value wait_time devices held
set_value wait_time collect keep
snapshot wait_time
hold 1
fio --name=late --filename=/dev/held --rw=randread --bs=4k --size=64M --number_ios=80 --direct=1 --ioengine=libaio --iodepth=80 --randseed=1 \
	--allow_file_create=0 --output=/dev/null &
late=$!
eventually "requests are queued" eval '[ "$(change wait_time join/queued)" -eq 80 ]'
before=$(value wait_time ring/produced)
set_value wait_time collect 0
number "collecting ends while requests wait" "$(value wait_time join/in_flight)" -gt 0
hold 0
wait $late
settle held
number "... which are labelled later" "$(value wait_time ring/produced)" -gt "$before"
equal "... and each is a record" "$(change wait_time join/labelled)" "$(change wait_time ring/produced)"
identities wait_time "ended while requests wait"

# The account at any moment, while records are made and taken.
set_value wait_time devices vda
set_value wait_time collect keep
stay follow wait_time
snapshot wait_time
fio --name=steady --filename=/dev/vda --rw=randread --bs=4k --size=64M --time_based --runtime=1d --direct=1 --ioengine=libaio --iodepth=4 --numjobs=2 \
	--randseed=1 --allow_file_create=0 --output=/dev/null 2>/dev/null &
steady=$!
eventually "records are made" eval '[ "$(change wait_time ring/consumed)" -gt 100 ]'
checked $client counters wait_time 20000
kill $steady
wait $steady 2>/dev/null
gone
settle vda
identities wait_time "after all of it"
unload wait_time
echo "end of collect.sh"
