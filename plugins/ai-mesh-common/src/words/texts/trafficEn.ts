/** How services and the calls between them do, in English. */
export const trafficTextsEn = {
  /** A clause as a sentence of its own. */
  clause: '{{clause}}.',
  'call.failed': '{{share}} of {{count, number}} requests failed',
  'call.failedWith':
    '{{share}} of {{count, number}} requests failed ({{flag}}: {{flagged}})',
  'call.throttled':
    '{{share}} of {{count, number}} requests were throttled (429)',
  'call.begun':
    '{{share}} of {{count, number}} requests failed in the last minute, {{before}} before',
  'call.begunThrottled':
    '{{share}} of {{count, number}} requests were throttled (429) in the last minute, {{before}} before',
  'call.givenUp':
    '{{share}} of {{count, number}} requests were given up while waiting',
  'call.late':
    'it takes {{now, seconds}} (p95) where its callers wait for {{patience, seconds}}',
  'call.slower':
    'it takes {{now, seconds}} ({{percentile}}), {{times}} times the {{usual, seconds}} {{than}}',
  'call.slowerThanNothing':
    'it takes {{now, seconds}} ({{percentile}}), where it took {{usual, seconds}} {{than}}',
  'call.hour-before': 'in the hour before',
  'call.day-before': 'at this time a day earlier',
  'call.noEndpoints': 'it has no endpoints',
  'call.endpoints': '{{ready}} of {{total, number}} endpoints are ready',
  'call.waypointDown':
    'its waypoint {{waypoint}} has no ready pod, so that calls of the ambient mesh do not reach it',
  'call.waypointRefuses':
    'its waypoint {{waypoint}} takes no connection: {{connections, number}} failed in the last minute, and nothing has gone through for half a minute',
  'call.refused':
    'nobody reaches it: {{connections, number}} connections to it failed in the last minute, and nothing has gone through for half a minute',
  'call.slowUnseen': 'it is slow, though how these calls went is unknown',
  'call.failsUnseen': 'it fails, though how these calls went is unknown',
  'call.withheld':
    '{{what}}, and {{now, rate}} requests a second are sent to it where {{usual, rate}} would be as in the hour before',
  'call.withheldLately':
    '{{what}}, and {{now, number}} requests were sent to it where {{usual, number}} would have been as before',
  'call.through': '{{what}} (through {{through}}, whose telemetry is unknown)',
  'health.unknown': 'Errors are unknown: {{reason}}.',
  'health.without': 'Without the telemetry of {{clusters}}.',
  'health.slownessNotAsked':
    'Whether it is slow is not known: what is usual is not asked of so large a mesh. Its own page compares.',
  'health.slownessNotKnown': 'Whether it is slow is not known.',
  'health.noService':
    'No Service belongs to the entity, so nobody can call it.',
  'outage.circle':
    'It and {{other}} fail for each other, so which one began cannot be told.',
  'outage.external': 'It is outside the mesh.',
  'outage.unseen': 'What it calls cannot be seen: it has no proxy.',
  'outage.nothing': 'Nothing of the entity was found in the mesh.',
  'traffic.noSeries':
    'Prometheus has no istio_requests_total series for it in the window.',
  'traffic.noNumber':
    'Prometheus answered something that is not a number of requests.',
  'topology.omitted':
    '{{omitted}} more were found and left out: only the nearest and busiest {{most}} of a cluster are shown. A smaller depth shows fewer.',
  'trace.noSystem':
    "No tracing system is configured for the cluster '{{cluster}}': set aiMesh.clusters[].tracing.url.",
  'trace.knowsNone':
    'The tracing system knows no service yet. Does a Telemetry object turn tracing on, and is anything sampled?',
  'trace.noneCalled':
    'The tracing system knows {{count, number}} services, but none called {{names}}.',
  'trace.noneCalledOrMore':
    'The tracing system knows {{count, number}} services, but none called {{names}} or by {{more}} more names.',
  'trace.noneOfWorkload': 'Nor is one of the workload {{workload}}.',
  'trace.noneOfWorkloadAsked':
    'Nor is one of the workload {{workload}} among those that were asked: {{unasked}} were not, since they are called otherwise.',
  'source.kialiBlind':
    "Kiali knows the health of no service here, though requests flow. It does so where its cluster's name is not the one in Istio's metrics: set kubernetes_config.cluster_name in Kiali's configuration to what the label destination_cluster says.",
};
