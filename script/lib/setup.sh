# shellcheck shell=sh
# Sourced by script/demo and script/test, which set $root: install what is missing, build what has
# changed.
# Silent when there is nothing to do; a command's output is shown only when it fails.

say() {
    printf '%s\n' "$*" >&2
}

# die MESSAGE: exit status 4, as memlab's own for trouble with the surroundings.
die() {
    say "script/${0##*/}: $*"
    exit 4
}

# quietly COMMAND…: its output is shown only when it fails, and then ends the script.
quietly() {
    output=$("$@" 2>&1 </dev/null) && return
    say "$output"
    die "this failed: $*"
}

missing_packages() {
    wanted=$(sed 's/#.*//' "$root/script/packages.txt")
    # shellcheck disable=SC2086,SC2016 # one word a package; the format is dpkg-query's
    have=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' $wanted 2>/dev/null || :)"
    for package in $wanted; do
        case $have in
        *" installed:$package "*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

# install_missing: bring in the Debian packages of script/packages.txt that are not there yet.
install_missing() {
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || die "no apt-get here, so nothing can be installed." \
        "Install what script/packages.txt names, then: meson setup build && ninja -C build"
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif command -v sudo >/dev/null; then
        as_root=sudo
    else
        die "installing needs root, and there is no sudo. As root, run:" \
            "apt-get install --no-install-recommends $missing"
    fi
    say "installing: $missing"
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
    # A broken source that memlab does not need must not stop it: only the install has to succeed.
    # shellcheck disable=SC2086 # words on purpose
    quietly sh -c "$apt update; $apt install --yes --no-install-recommends $missing"
}

# build FOLDER OPTION…: configure it when it never was (or was for another place), then build.
build() {
    folder=$root/$1
    shift
    if ! grep -qsF -- "$root" "$folder/build.ninja"; then
        say "building in ${folder##*/}/ (once, about a minute)"
        rm -rf "$folder"
        quietly meson setup --buildtype debugoptimized "$@" "$folder" "$root"
    fi
    quietly ninja -C "$folder"
}
