#!/usr/bin/env bash
# Prints every sheet of this folder to the folder above: <slug>.<lang>.html becomes ../<slug>.<lang>.pdf
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
browser=${CHROMIUM:-chromium}
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for sheet in *.html; do
  "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$profile" --no-pdf-header-footer \
    --print-to-pdf="../${sheet%.html}.pdf" "file://$PWD/$sheet" 2>/dev/null
  echo "${sheet%.html}.pdf"
done
