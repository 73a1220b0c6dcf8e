#!/usr/bin/env bash
# Modules whose golden vectors do not hold, and one whose do: all of one model, in /share/tampered-*.
. "$(dirname "$0")/../lib/guest.sh"

works "the module as it was emitted loads" load service_time
unload service_time
complains "another float prediction: the load is refused, vector and path named" \
	"kml_service_time: golden vector [0-9]+, path [a-z0-9]+: .*not loaded" insmod /share/tampered-float/kml_service_time.ko
lacks "... which is the network's" "path int:" "$(log)"
complains "another integer prediction: the load is refused, vector and path named" \
	"kml_service_time: golden vector [0-9]+, path int: .*not loaded" insmod /share/tampered-integer/kml_service_time.ko
complains "another feature: the load is refused, vector and path named" \
	"kml_service_time: golden vector [0-9]+, path .*: feature [0-9]+ .*not loaded" insmod /share/tampered-feature/kml_service_time.ko
complains "another weight: the load is refused" \
	"kml_service_time: golden vector [0-9]+, path .*: .*not loaded" insmod /share/tampered-weight/kml_service_time.ko
equal "nothing is left of them" "" "$(grep kml /proc/modules; ls /dev | grep kml; ls /sys/class/misc | grep kml)"
works "... and the module as it was emitted loads again" load service_time
unload service_time
echo "end of golden.sh"
