#!/usr/bin/env bash
# Fetches the photographs that photographs.txt names out of Debian's packages, which are unpacked and not installed. Packages that can't be
# had are left out, with a message. Argument: the folder for the photographs, which is left alone where all of them are there.
set -euo pipefail
folder=$1
list=$(dirname "$(realpath "$0")")/photographs.txt
seconds=300 # the longest that a package may take
apt=(apt-get -q -o APT::Sandbox::User=root -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20)

is_complete() { [ "$(find "$folder" -name '*.jpg' 2>/dev/null | wc -l)" = "$(wc -l < "$list")" ]; }

# All photographs are in one folder: one of KDE's, which have their size for a name, is told by those of its folders.
name_of() { echo "${1//\//-}"; }

download() { timeout "$seconds" "${apt[@]}" download "$1" >/dev/null 2>&1; }

update_once() {
    [ "$(id -u)" = 0 ] && [ ! -e updated ] || return 1
    touch updated
    timeout "$seconds" "${apt[@]}" update >/dev/null 2>&1
}

take_from() {
    local package=$1 path
    download "$package" || { update_once && download "$package"; } || { echo "photographs.sh: no package $package, its photographs are left out" >&2; return; }
    dpkg-deb --extract "$package"_*.deb "$package"
    while read -r path; do
        cp "$package/usr/share/$path" "$folder/$(name_of "$path")" || echo "photographs.sh: $package has no $path, which is left out" >&2
    done < <(awk -v package="$package" '$1 == package { print $2 }' "$list")
    rm -rf "$package" "$package"_*.deb
}

is_complete && exit
command -v apt-get dpkg-deb >/dev/null || { echo "photographs.sh: no Debian, no photographs" >&2; exit; }
mkdir -p "$folder"
folder=$(realpath "$folder")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in $(cut -d' ' -f1 "$list" | uniq); do
    take_from "$package"
done
