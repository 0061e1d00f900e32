#!/usr/bin/env bash
# Write the requirement locks: exact versions, hashes of every file, no index address (ADR 0007).
# Run by `make verrous`, from the root of the checkout. Locks serve Python 3.11 and later, on Linux and macOS.
set -euo pipefail
uv=${UV:-.venv/bin/uv}
compile() { # compile OUTPUT OPTIONS...
  local output=$1
  shift
  # No configuration of the machine may leak into a lock: neither constraints nor other indexes.
  env -u UV_INDEX -u UV_INDEX_URL -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS -u UV_CONSTRAINT \
    "$uv" --no-config pip compile pyproject.toml "$@" \
    --universal --python-version 3.11 --generate-hashes --no-build \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make verrous" \
    --quiet --output-file "requirements/$output"
  echo "requirements/$output : $(grep -c '^[a-z].*==' "requirements/$output") bibliothèques"
}
compile base.txt
compile rapport.txt --extra rapport --constraint requirements/base.txt
compile site.txt --extra rapport --extra site --constraint requirements/rapport.txt
compile dev.txt --extra rapport --extra site --group dev --group docs --constraint requirements/site.txt

# Every locked library must have a wheel for the Python of Debian 12, on both kinds of processors.
target=$(mktemp -d)
trap 'rm -rf "$target"' EXIT
for platform in x86_64-manylinux_2_36 aarch64-manylinux_2_36; do
  "$uv" --no-config pip install --dry-run --quiet --python-platform "$platform" --python-version 3.11.2 \
    --only-binary :all: --require-hashes --no-deps --target "$target" -r requirements/dev.txt
  echo "Roues présentes pour $platform"
done
