#!/usr/bin/env bash
# Another processor: the path that works is used, and the golden vectors hold on it. vda is not throttled.
# Runs .NET.
. "$(dirname "$0")/../lib/guest.sh"

start_replay
for model in wait_time service_time outcome; do
	works "$model loads: its golden vectors hold" load $model devices=vda
	equal "$model: the form for this processor is used" "$KML_ISA" "$(value $model isa)"
done
for path in fpu int; do
	for model in wait_time service_time outcome; do
		[ "$model $path" = "wait_time int" ] || set_value $model path $path
	done
	fio --name=traffic --filename=/dev/vda --rw=randrw --bsrange=4k-64k --size=128M --number_ios=200 --direct=1 --ioengine=libaio --iodepth=16 \
		--randseed=1 --output=/dev/null
	settle vda
done
replay compare wait_time "$(value wait_time ring/pending)" float
replay compare service_time "$(value service_time ring/pending)" float,integer
replay compare outcome "$(value outcome ring/pending)" float,integer
for model in wait_time service_time outcome; do
	answers $model "$model"
	unload $model
done
end_replay
echo "end of processor.sh"
