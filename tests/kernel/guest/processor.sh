#!/usr/bin/env bash
# Another processor: the path that works is used, and the golden vectors hold on it. vda is not throttled.
# Runs .NET.
. "$(dirname "$0")/../lib/guest.sh"

weights=$(dirname "$0")/../models/weights
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
checked dotnet "$KML_APP" compare wait_time "$weights" "$(value wait_time ring/pending)" float
checked dotnet "$KML_APP" compare service_time "$weights" "$(value service_time ring/pending)" float,integer
checked dotnet "$KML_APP" compare outcome "$weights" "$(value outcome ring/pending)" float,integer
for model in wait_time service_time outcome; do
	answers $model "$model"
	unload $model
done
echo "end of processor.sh"
