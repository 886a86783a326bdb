/** The page of all models. */
export const models = {
  'models.tab': 'Models',
  'models.body':
    'Each model across the services that you may see, as of when their facts were computed last.',
  'models.table': 'Models in use',
  'models.services': 'Services',
  'models.show_one': '{{model}}: show the {{count}} service that uses it',
  'models.show_other': '{{model}}: show the {{count}} services that use it',
  'models.slowestP95': 'p95 of the slowest service',
  'models.price': 'Price',
  'models.priced': 'Known',
  'models.noPrice': 'Unknown: no price is configured',
  'models.costUnknown': 'Cost unknown',
  'models.service': 'Service',
  'models.share': 'Share of requests',
  'models.versions': 'Versions',
  'models.usesOf': 'Services that use {{model}}',
  'models.trend': 'Requests per second over the last hour',
  'models.trendNote':
    'Services are looked at one after another: a moment that one of them has no figure for is a gap.',
  'models.notKnown_one':
    'Of {{count}} service it is not known which models it uses:',
  'models.notKnown_other':
    'Of {{count}} services it is not known which models they use:',
  'models.none': 'No service that you may see reports a model',
  'models.noneNext':
    'Models appear here once the metrics of a service name them; see the screen SLOs of a service for which metrics are read.',
} as const;
