#!/usr/bin/env bash
# Fetches the pinned browser libraries and checks their hashes (maintainers only, needs npm); it builds and upgrades nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# take PACKAGE VERSION FILE-IN-PACKAGE TARGET SHA256
take() {
    local folder="$scratch/$1" target=$4
    if [ ! -d "$folder" ]; then
        mkdir -p "$folder"
        (cd "$folder" && npm pack --silent "$1@$2" >/dev/null && tar xzf ./*.tgz)
    fi
    echo "$5  $folder/package/$3" | sha256sum --check --quiet
    mkdir -p "$(dirname "$target")"
    install -m 644 "$folder/package/$3" "$target"
    echo "$target"
}

vendor=frontend/static/vendor
take htmx.org 4.0.1 dist/htmx.min.js "$vendor/htmx-4.0.1/htmx.min.js" \
    a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130
take htmx.org 4.0.1 LICENSE "$vendor/htmx-4.0.1/LICENSE" \
    d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38
take axe-core 4.14.1 axe.min.js tests/browser/vendor/axe-4.14.1/axe.min.js \
    29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c
take axe-core 4.14.1 LICENSE tests/browser/vendor/axe-4.14.1/LICENSE \
    af175b9d96ee93c21a036152e1b905b0b95304d4ae8c2c921c7609100ba8df7e
