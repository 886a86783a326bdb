/** What the review has seen, and why it could not judge, in English. */
export const reviewTextsEn = {
  'review.unknown': 'Not known: {{reason}}.',
  'review.fixLeftOut':
    'There is a fix, but it is not written out: the fixes before it are as much as one answer holds.',
  'review.unreadInjector':
    "The values of the injector's ConfigMap have more than {{most}} characters and are not read: whether it puts proxies into namespaces that say nothing is not known.",
  'review.unreadArguments':
    'The arguments of {{containers}} have more than {{most}} characters and are not read: whether it listens on a loopback address alone is not known.',
  'review.moreRivals': 'It meets more rules than these {{most}}.',
  'review.meshLogs':
    "No Telemetry says what is logged: the mesh's own configuration does, which cannot be seen here.",
  'review.breakersUnexported':
    'No series of envoy_cluster_circuit_breakers_* or envoy_cluster_outlier_detection_* for the host. To get them, annotate the pods of the callers: proxy.istio.io/config with proxyStatsMatcher.inclusionRegexps [".*outlier_detection.*", ".*circuit_breakers.*", ".*upstream_rq_pending_overflow.*"]',
  'review.rate': '{{rate, rate}} requests/s',
  'review.peak': 'Up to {{peak, number}} requests under way from one proxy',
  'review.overflow': '{{rate, rate}} requests/s rejected by a limit (UO)',
  'review.p99': 'p99 {{p99}}, interpolated in its bucket',
  'review.cutOff': '{{percent}} of the requests were cut off (UT)',
  'review.plaintext': '{{caller}}: {{rate, rate}} requests/s in plaintext.',
  'review.seenInPlaintext': '{{caller}} was seen in plaintext.',
  'review.morePlaintext': '{{more}} more callers in plaintext.',
  'review.egress':
    "{{rate, rate}} requests or connections/s, as the callers' proxies report them",
};
