#!/bin/sh
# Asks for a canary from a pipeline, and waits until it is promoted. Needs curl and jq. See automation.md.
#
#   PORTAL=https://portal.example.com TOKEN=... ENTITY=component:default/ai-chat-service CANARY=v2 KEY="$CI_PIPELINE_ID" canary-from-ci.sh
#
# REASON, UNTIL (promoted or approved) and TIMEOUT (seconds) may be given. Ends with 0 where the canary is what was waited
# for, with 1 where it never will be or the time is over, with 2 where it was not asked for.
set -eu
reason=${REASON:-"By the pipeline $KEY"} until=${UNTIL:-promoted} timeout=${TIMEOUT:-86400}
api="$PORTAL/api/ai-mesh/v1"

# Prints the answer; says the portal's own words where it refuses.
ask() {
  answer=$(curl --silent --show-error --max-time 60 --write-out '\n%{http_code}' \
    --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' "$@") || return 1
  status=$(printf '%s' "$answer" | tail -n 1)
  body=$(printf '%s' "$answer" | sed '$d')
  case $status in
    2??) printf '%s' "$body" ;;
    *) printf '%s: %s\n' "$status" "$(printf '%s' "$body" | jq -r '.error.message // .' 2>/dev/null)" >&2; return 1 ;;
  esac
}

# component:default/name -> component/default/name
path=$(printf '%s' "$ENTITY" | sed 's|:|/|')
options=$(ask "$api/entities/$path/canaries/options") || exit 2

# The only service with a route; the version with most of its traffic is the stable one.
request=$(printf '%s' "$options" | jq --exit-status --arg entity "$ENTITY" --arg canary "$CANARY" --arg reason "$reason" --arg key "$KEY" '
  [.services[] | select(.routes | length > 0)] | if length == 1 then .[0] else error("not exactly one service with a route") end
  | { entityRef: $entity, service: .service, reason: $reason, idempotencyKey: $key,
      stable: (.routes[0].weights | max_by(.percent) | { host, subset, port } | with_entries(select(.value != null))),
      canary: ([.versions[] | select(.label == $canary or .version.subset == $canary)] | if length == 1 then .[0].version else error("no version called \($canary)") end) }') || exit 2

canary=$(ask --data "$request" "$api/canaries") || exit 2
id=$(printf '%s' "$canary" | jq -r .id)
echo "canary $id"

end=$(($(date +%s) + timeout)) said=
while [ "$(date +%s)" -lt "$end" ]; do
  # A portal that is away for a moment ends no wait.
  if canary=$(ask "$api/canaries/$id"); then
    state=$(printf '%s' "$canary" | jq -r .state)
    now=$(printf '%s' "$canary" | jq -r '"\(.state): \(.next.message)"')
    if [ "$now" != "$said" ]; then echo "$now"; said=$now; fi
    case $until:$state in
      *:promoted | approved:approved | approved:progressing | approved:paused) exit 0 ;;
      *:rejected | *:cancelled | *:expired | *:failed | *:rollingBack | *:rolledBack)
        printf '%s' "$canary" | jq -r '.transitions[-1].reason' >&2
        exit 1 ;;
    esac
  fi
  sleep "${POLL:-15}"
done
echo "not $until within $timeout s; the canary goes on" >&2
exit 1
