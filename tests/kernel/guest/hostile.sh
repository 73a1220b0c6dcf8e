#!/usr/bin/env bash
# A user's program that does everything wrong; vda is not throttled.
. "$(dirname "$0")/../lib/guest.sh"

load backlog devices=vda
load wait_time devices=vda
reads vda 10
before_other=$(value wait_time ring/bad_tail)
checked $client entrances backlog
checked $client hostile backlog /dev/vda
checked $client addresses wait_time
settle vda
identities backlog "after all of it"
identities wait_time "another model, after all of it"
equal "another model's rings saw nothing of it" "$before_other" "$(value wait_time ring/bad_tail)"
unload backlog
unload wait_time
echo "end of hostile.sh"
