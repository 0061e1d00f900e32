#!/usr/bin/env bash
# Install what a bare Debian lacks, and say so. Everything else lands in .venv and node_modules.
# Idempotent: asks dpkg first, calls apt-get only for what is missing.
set -euo pipefail

needed=(
  python3 python3-venv        # Python 3.11 or later, with venv and pip
  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0   # what WeasyPrint draws PDF with
  fonts-dejavu                # a font with œ, €, and italics
  fonts-noto-core             # Arabic, for letters and pictures of pages
  chromium libatomic1         # the browser of the tests of pages, and what its driver needs
  gettext                     # compiles the words of other languages
)

version_ok() { "${PYTHON:-python3}" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if ! command -v dpkg-query >/dev/null; then
  echo "Ce système n'est pas un Debian : vérifiez vous-même que sont là Python 3.11 ou plus (avec venv),"
  echo "Pango, HarfBuzz (sous-ensembles) et une police DejaVu. On continue sans rien installer."
  version_ok || { echo "Python 3.11 ou plus, avec venv, est introuvable." >&2; exit 2; }
  exit 0
fi

missing=()
for package in "${needed[@]}"; do
  case $package in
    python3|python3-venv) version_ok && continue ;;   # any good Python will do, also one that apt does not know
  esac
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "Il manque des paquets Debian : ${missing[*]}" >&2
      echo "Installez-les en administrateur (apt-get install ${missing[*]}), puis relancez « make setup »." >&2
      exit 2
    fi
    as_root=(sudo)
  fi
  echo "Paquets Debian manquants, installés avec apt-get : ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

version_ok || {
  echo "Python 3.11 ou plus est nécessaire ; ici : $("${PYTHON:-python3}" --version 2>&1 || echo aucun)." >&2
  exit 2
}
