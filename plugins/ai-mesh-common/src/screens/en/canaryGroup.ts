/** One request for several clusters: choosing them, and how each stands. */
export const canaryGroup = {
  'canary.form.clusters': 'Clusters',
  'canary.form.clusters.help':
    'The service runs on other clusters too. One request can be for several of them: all are approved at once, and when one is rolled back, all are.',
  'canary.form.clusters.also': 'Also in {{cluster}}',
  'canary.form.clusters.order': 'Order',
  'canary.form.clusters.together': 'All at once',
  'canary.form.clusters.one-after-another':
    '{{clusters}}: the next when the one before is promoted',
  'canary.group.title': 'In all clusters of the request',
  'canary.group.together': 'All at once.',
  'canary.group.one-after-another':
    'One after another: the next starts when the one before is promoted.',
  'canary.group.all': 'When one is rolled back, all are.',
  'canary.group.cluster': 'Cluster',
  'canary.group.state': 'State',
  'canary.group.share': 'The canary’s share',
  'canary.group.verdict': 'Verdict',
  'canary.group.unseen':
    'You may not see it. Ask the people who look after the portal’s permission policy.',
  'canary.group.unwritten': 'not started',
  'canary.group.rollBack': 'Roll back in all clusters',
  'canary.group.forAll':
    'This is for all clusters of the request: {{clusters}}.',
  'canary.group.inCluster': 'In {{cluster}}',
} as const;
