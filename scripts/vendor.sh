#!/usr/bin/env bash
# Fetches the pinned browser libraries and checks their hashes (maintainers only, needs npm); it upgrades nothing.
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

# bundle NAME VERSION EXPORTS TARGET SHA256: one small ES module of what is used of a package, without bare names inside
bundle() {
    local folder="$scratch/bundle" target=$4
    mkdir -p "$folder" "$(dirname "$target")"
    (cd "$folder" && npm install --silent --no-save --no-fund --no-audit "$1@$2" @hpke/common@1.10.1 esbuild@0.28.2)
    echo "export { $3 } from \"$1\";" >"$folder/entry.mjs"
    (cd "$folder" && npx esbuild entry.mjs --bundle --format=esm --minify --target=safari16.4 --legal-comments=none \
        --log-level=warning --outfile=bundled.js)
    echo "$5  $folder/bundled.js" | sha256sum --check --quiet
    install -m 644 "$folder/bundled.js" "$target"
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
bundle idb 8.0.4 openDB "$vendor/idb-8.0.4/idb.min.js" \
    afe7f85d3cf242b94dc849dd8f2c1ee7190eb08939f89c88c42d1b076d0d7d6a
take idb 8.0.4 LICENSE "$vendor/idb-8.0.4/LICENSE" \
    873a2f333fda393ec3464f4579209b019d98e97c3bf498b10e85f630162fd708
bundle @hpke/core 1.9.0 "Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256" \
    "$vendor/hpke-core-1.9.0/hpke-core.min.js" \
    8eab670611eae9fd9fcbcf684b79860b1c80c36aafa8810210d3ea5b5854ab17
take @hpke/core 1.9.0 LICENSE "$vendor/hpke-core-1.9.0/LICENSE" \
    ab49bdfb96b9c0117f908b82eb1f690be42028658f5a52fba5553b95fa90cd35
