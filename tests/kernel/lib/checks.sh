# shellcheck shell=bash
# Checks, one line each: `ok NAME`, or `not ok NAME: what was expected and what was seen`. Sourced in suites and in guests.

ok() { printf 'ok %s\n' "$1"; }
not_ok() { printf 'not ok %s: %s\n' "$1" "$(tr '\n' ' ' <<<"$2" | cut -c1-600)"; }

# equal NAME EXPECTED SEEN
equal() {
	if [ "$3" = "$2" ]; then ok "$1"; else not_ok "$1" "expected $2, saw $3"; fi
}

# number NAME SEEN OPERATOR EXPECTED; the operator is one of `test`, such as -ge
number() {
	if [ "$2" "$3" "$4" ] 2>/dev/null; then ok "$1 ($2)"; else not_ok "$1" "expected a number $3 $4, saw $2"; fi
}

# matches NAME PATTERN TEXT
matches() {
	if grep -qE -- "$2" <<<"$3"; then ok "$1"; else not_ok "$1" "expected /$2/, saw: $3"; fi
}

# lacks NAME PATTERN TEXT
lacks() {
	if grep -qE -- "$2" <<<"$3"; then not_ok "$1" "expected no /$2/, saw: $(grep -E -- "$2" <<<"$3" | head -n 5)"; else ok "$1"; fi
}

# works NAME COMMAND...
works() {
	local name=$1 output status=0
	shift
	output=$("$@" 2>&1) || status=$?
	if [ "$status" -eq 0 ]; then ok "$name"; else not_ok "$name" "expected '$*' to work; status $status: $output"; fi
}

# refused NAME PATTERN COMMAND...: it fails, and its output matches
refused() {
	local name=$1 pattern=$2 output status=0
	shift 2
	output=$("$@" 2>&1) || status=$?
	if [ "$status" -eq 0 ]; then
		not_ok "$name" "expected '$*' to be refused, but it worked: $output"
	elif ! grep -qE -- "$pattern" <<<"$output"; then
		not_ok "$name" "'$*' was refused as expected, but expected /$pattern/ in: $output"
	else
		ok "$name"
	fi
}
