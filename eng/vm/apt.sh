# shellcheck shell=bash
# An apt of the test bed's own, sourced by fetch: lists and state below the cache, sources of the suites asked for alone.
# The machine's apt tells the mirror and the proxies; nothing of it is changed, and no part of this needs root.

# mirror KIND: where the machine's apt gets the distribution ('main') or its security updates ('security') from
mirror() {
	local codename
	codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME-}")
	apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
		awk -v kind="$1" -v codename="$codename" '
			$3 != "main" { next }
			kind == "security" && $2 ~ /-security$/ { print $1; exit }
			kind == "main" && ($2 == codename || $2 ~ /^(oldstable|stable|testing|unstable|sid)$/) { print $1; exit }'
}

# own_apt SUITE,...: from here on apt-get and apt-cache see these suites and no others
own_apt() {
	local suite site folder=$cache/apt/${1//,/+} keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	mkdir -p "$folder"/{lists/partial,archives/partial,sources,preferences}
	: >"$folder/status"
	for suite in ${1//,/ }; do
		case $suite in *-security) site=$(mirror security) ;; *) site=$(mirror main) ;; esac
		if [ -z "$site" ]; then
			problem="the sources of this machine's apt name no mirror of Debian from which $suite could be had"
			return 1
		fi
		printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\n' "$site" "$suite"
		[ ! -f "$keyring" ] || printf 'Signed-By: %s\n' "$keyring"
		echo
	done >"$folder/sources/vm.sources"
	cat >"$folder/apt.conf" <<-CONF
		Dir::State::lists "$folder/lists";
		Dir::State::status "$folder/status";
		Dir::Cache "$folder";
		Dir::Etc::sourcelist "/dev/null";
		Dir::Etc::sourceparts "$folder/sources";
		Dir::Etc::preferences "/dev/null";
		Dir::Etc::preferencesparts "$folder/preferences";
		APT::Architecture "amd64";
		APT::Architectures "amd64";
		APT::Sandbox::User "$(id -un)";
		Acquire::Languages "none";
		Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
		Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled "false";
	CONF
	export APT_CONFIG=$folder/apt.conf
}
