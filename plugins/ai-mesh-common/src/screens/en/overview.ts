/** The overview screen and the entity card. */
export const overview = {
  'card.title': 'AI Mesh',
  'card.link': 'Open AI Mesh',
  'card.noCanary': 'none so far',
  'card.noFindings': 'nothing found',
  'overview.traffic.title': 'Traffic',
  'overview.traffic.byCluster': 'Traffic by cluster',
  'overview.traffic.onCluster': '{{cluster}}: {{requests}}, {{errors}} failed',
  'overview.traffic.jump': 'See the topology',
  'overview.traffic.routes': 'See the routes',
  'overview.traffic.sentence.healthy':
    'Over the last {{window}} {{errors}} of {{requests}} failed.',
  'overview.traffic.sentence.quiet':
    'Nobody called it in the last {{window}}; whether it works is not known.',
  'overview.traffic.sentence.unknown':
    'How much traffic there is cannot be told: {{reason}}',
  'overview.traffic.sentence.noErrors':
    'Over the last {{window}} none of {{requests}} failed.',
  'overview.traffic.sentence.errorsUnknown':
    'There were {{requests}} in the last {{window}}; how many failed is not known.',
  'overview.sparkline.name':
    'Requests per second over the last hour: now {{now}}, between {{low}} and {{high}}.',
  'overview.sparkline.unknown': 'No history: {{reason}}',
  'overview.sparkline.gaps': '{{percent}} of the hour has no measurement.',
  'overview.sparkline.caption': 'Requests per second, last hour',
  'overview.mtls.title': 'Mutual TLS',
  'overview.mtls.jump': 'See the plaintext calls',
  'overview.mtls.jumpAll': 'See who calls',
  'overview.mtls.security': 'See who may call, and what STRICT needs',
  'overview.mtls.sentence.encrypted':
    'Everything that arrived in the last {{window}} was encrypted.',
  'overview.mtls.sentence.none':
    'Nothing that arrived in the last {{window}} was encrypted.',
  'overview.mtls.sentence.mixed':
    '{{plaintext}} arrived in plaintext, beside {{encrypted}} encrypted.',
  'overview.mtls.sentence.unknown':
    'Whether calls are encrypted cannot be told: {{reason}}',
  'overview.mtls.callers': 'Plaintext callers',
  'overview.canary.title': 'Canary',
  'overview.canary.unknown': 'Whether a canary runs is not known: {{reason}}',
  'overview.canary.none': 'No canary was ever asked for.',
  'overview.canary.open': 'Open this canary',
  'overview.canary.list': 'All canaries',
  'overview.canary.active_one': 'The {{count}} running canary',
  'overview.canary.active_other': 'All {{count}} running canaries',
  'overview.canary.moreActive': 'More than {{count}} running canaries',
  'overview.canary.share': '{{percent}} of {{target}}',
  'overview.services.title': 'Services of this entity',
  'overview.services.found': 'Found by {{annotation}}: {{value}}',
  'overview.services.service': 'Service',
  'overview.services.namespace': 'Namespace',
  'overview.services.cluster': 'Cluster',
} as const;
