/** Why something that is promised of a model cannot be told, in English. */
export const sloTextsEn = {
  'slo.nothingRecorded':
    'The recording rules counted no events in the window, or nothing that tells which of them were good.',
  'slo.noEvents': 'No series counted events in the window.',
  'slo.noRequests': 'No requests in the last minutes.',
  'slo.burns.page':
    'Its objective {{objective}} of {{target}} burns its error budget so fast that it pages.',
  'slo.burns.ticket':
    'Its objective {{objective}} of {{target}} burns its error budget faster than it may.',
  'slo.noModel': 'No series of any model exist for the entity.',
  'slo.nothingFound': 'Nothing was found on any cluster.',
  'slo.shortPeriod': 'The period is shorter than an hour.',
  'slo.fewCharts':
    'Of so many objectives only the first {{most}} have a chart.',
  'slo.ofCluster': "Of the cluster '{{cluster}}':",
  'slo.sharedPrometheus':
    "It and '{{cluster}}' are read from one Prometheus, and the series that are counted name no cluster: give each cluster extraLabels that tell its series apart.",
  'slo.noPrice':
    "No price is configured for the model '{{model}}': add it to aiMesh.slo.prices.",
  'slo.currencies':
    'It is paid for in several currencies ({{currencies}}), which do not add up.',
  'metrics.notAnswered':
    "Prometheus of the cluster '{{cluster}}' has not answered yet: its figures are shown as soon as it has.",
  'metrics.hourNotAnswered':
    "Prometheus of the cluster '{{cluster}}' has not answered about the last hour yet.",
  'metrics.receivedNotYet':
    "Prometheus of the cluster '{{cluster}}' has not been asked yet what the services of this namespace receive.",
  'metrics.noReporter':
    'The series lack the label reporter: what two proxies report of one request cannot be told from two. Does a Telemetry drop it by tagOverrides?',
  'slo.istioSilent':
    '{{dialect}} counts no failures itself, and Istio has no series of requests to the service.',
  'slo.sharedWorkload':
    "{{dialect}} counts no failures, and Istio's name a workload that runs several models.",
  'slo.noFailureLabel':
    'The series of {{metric}} lack the label {{label}}, which would tell failures.',
  'slo.onlyTotal': 'The dialect {{dialect}} does not tell input from output.',
  'slo.notInDialect': 'The dialect {{dialect}} does not have it.',
  'slo.noSeries':
    'There are no series of {{metric}} for the model: {{exporter}} would have to export them.',
  'slo.unlessSilenced': 'Started with {{flag}} it does not.',
  'slo.noHistogram':
    'There is no histogram and no percentile: {{exporter}} would have to export {{metric}}.',
  'slo.onlyPercentiles':
    'Only percentiles of single processes are exported, and how many answers were quick cannot be told from them: {{exporter}} would have to export {{metric}} as a histogram.',
  'slo.switchOn': 'Its setting for that: {{line}}',
  'slo.otherPercentiles': 'The pods export the percentiles {{quantiles}} only.',
  'slo.beyondBuckets':
    "The histogram's highest bound is {{bound}}: what is quicker than {{threshold}} cannot be told.",
  'slo.bucketLacks':
    'The histogram has no bucket whose bound is {{bound}}: how many answers were quick enough cannot be told.',
  'slo.goodBucketLacks':
    'There are events, but the histogram has no bucket whose bound is the one of {{query}}.',
  'slo.goodMatchesNothing':
    'There are events, but no series matches {{query}}: which of them were good cannot be told.',
  'slo.dear':
    "The SLO '{{objective}}' reads {{count}} series, and {{most}} at most are asked for (aiMesh.slo.limits.series): narrow its query, or record it by a rule.",
  'slo.uncounted':
    "How many series the SLO '{{objective}}' reads could not be counted, so its query is not asked:",
  'slo.noCount': 'Prometheus answered with no number of series.',
  'exporter.application': 'the application',
  'exporter.model-server': 'the model server',
  'exporter.gateway': 'the model server or its gateway',
  'exporter.endpoint-picker': 'the endpoint picker',
};
