#!/bin/bash
# The settings KAFKA_SOME_NAME become some.name (__ a _, ___ a -), as in the public image; then format and start the broker.
set -euo pipefail
properties=/opt/kafka/config/server.properties
: "${CLUSTER_ID:=5L6g3nShT-eMCtK--X86sw}"
env | grep '^KAFKA_' | grep -vE '^KAFKA_(HEAP_OPTS|OPTS|JVM_[A-Z_]*)=' \
  | awk '{ at = index($0, "="); name = tolower(substr($0, 7, at - 7)); gsub(/___/, "-", name); gsub(/__/, "\001", name); gsub(/_/, ".", name); gsub(/\001/, "_", name); print name substr($0, at) }' >"$properties"
java -Xmx128m -cp '/opt/kafka/libs/*' kafka.tools.StorageTool format --ignore-formatted --cluster-id "$CLUSTER_ID" --config "$properties"
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xmx1g -Xms1g} ${KAFKA_OPTS:-} -cp '/opt/kafka/libs/*' kafka.Kafka "$properties"
