# SPDX-License-Identifier: MIT
# KERNEL, a row of eng/vm/kernels (6.1 by default), chooses the guest's kernel for `make demo`.
KERNEL ?= 6.1

.PHONY: all demo test test-kernels test-math test-mutants test-programs bench bench-accuracy bench-adapting bench-editor bench-inference bench-online bench-training clean

all:
	dotnet build KmlCompiler.sln

demo:
	@eng/demo --kernel $(KERNEL)

test:
	@eng/test

# The suites in kernels, the whole of each on every kernel of eng/vm/kernels.
test-kernels:
	@KML_FULL=1 eng/test kernel-

# All 2^32 floats through KmlMath and the conversions; STRIDE=n tries every nth.
test-math:
	@eng/test-math $(STRIDE)

# Mutants of the arithmetic headers and of printed bodies; WORD=... tries those whose names contain it.
test-mutants:
	@eng/test-mutants $(if $(WORD),"$(WORD)")

# C# methods drawn at random, .NET against C under four compilers and flags: COUNT of them, from SEED on. RECORD=1 adds rows to the
# record that docs/language.md cites.
test-programs:
	@eng/test-programs $(or $(COUNT),20000) $(or $(SEED),1) $(if $(RECORD),tests/Kml.Programs/record.tsv)

bench: bench-inference bench-training bench-online

# DATA is the folder with the released data of others; docs/figures.md says what belongs there.
bench-accuracy:
	@KML_DATA="$(DATA)" eng/bench accuracy

# RECORD=1 records the workloads anew instead of using the records of an earlier run.
bench-adapting:
	@eng/bench adapting

# What the generator and the analyzers cost an editor, in a project of a hundred models.
bench-editor:
	@eng/bench editor

bench-inference:
	@eng/bench inference

bench-online:
	@eng/bench online

bench-training:
	@eng/bench training

clean:
	rm -rf artifacts
	find . -type d \( -name bin -o -name obj \) -not -path './.cache/*' -prune -exec rm -rf {} +
