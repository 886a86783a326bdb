/** Why a figure is unknown, in English. */
export const figureTextsEn = {
  'figure.noDatabase': "The portal's database cannot be used at present.",
  'figure.noPrometheus':
    "No Prometheus is configured for the cluster '{{cluster}}'.",
  'figure.notWhole': "Prometheus' answer may not be whole: {{text}}",
  'figure.noneLately':
    'No request of the stable version was counted in the last {{minutes}} min.',
  'figure.noTime': 'Prometheus did not tell its time.',
  'figure.canaryNoService': 'The canary is not a Service of the cluster.',
  'figure.tooYoung':
    'Prometheus does not know the {{seconds}} s before now in full yet: it has just started, or was away.',
  'figure.noNumber': 'Prometheus answered that it is not a number.',
  'figure.labelForFailures':
    'The series lack the label {{label}}, which would tell failures apart.',
  'figure.noSuchSeries': 'Prometheus has no such series.',
  'figure.nan': 'Prometheus answered NaN.',
  'figure.noEvents':
    'Prometheus answered something that is not a number of events.',
  'figure.neitherSeries': 'Neither version has a series of {{metrics}}.',
  'figure.neitherSeriesOr':
    'Neither version has a series of {{metrics}}: whether there was no such event, or the metric has another name, cannot be told.',
  'figure.noSeriesOf': 'There is no series of {{metrics}}.',
  'figure.noMean': 'Prometheus answered something that is no mean.',
  'figure.nothingToMean': 'There was nothing to take a mean of.',
  'figure.queryNoSeries': 'The query gives no series.',
  'figure.queryManySeries':
    'The query gives {{count}} series, where one value is needed: put an aggregation around it.',
  'figure.queryNoNumber': 'The query gives something that is no number.',
  'figure.queryNoCount': 'The query gives a value and no count.',
  'figure.notRequests': 'Not a matter of requests.',
  'figure.stableGetsNone':
    'The stable version gets none of this route, so that nothing tells how much traffic it carries.',
  'figure.labelsFromNodes':
    "Which endpoints of {{service}} have the labels {{labels}} is not known: Istio takes them from nodes and from the mesh's configuration, which the portal does not read.",
  'figure.noPool': 'There is no InferencePool {{pool}}.',
  'figure.noInfBucket':
    'The histogram has no +Inf bucket, or nothing but that one.',
  'figure.oneForP99':
    '1 request over the last hour is too few for a p99: it takes {{least}}.',
  'figure.fewForP99':
    '{{count}} requests over the last hour are too few for a p99: it takes {{least}}.',
  'figure.noRequests': 'No requests in the window.',
  'figure.noActiveRequests':
    'No calling proxy exports envoy_cluster_upstream_rq_active for it: add ".*upstream_rq_active.*" to proxyStatsMatcher.inclusionRegexps.',
  'figure.noCallingProxy': 'No calling proxy reported requests.',
  'figure.lacksLabel': 'The series lack the label {{label}}.',
  'figure.notCountedByName':
    "Istio's metrics do not count requests to {{host}} by that name.",
  'figure.subsetUntold':
    "Metrics tell versions apart by their version and by their workload's name, and neither tells the subset {{subset}} from the other pods of {{host}}.",
  'certificate.noProxy': 'Without a proxy it has no certificate.',
  'certificate.notReported':
    'No proxy of it reports istio_agent_cert_expiry_seconds; in ambient mode the certificates are held by ztunnel.',
  'certificate.rootNotReported':
    'Istiod does not report citadel_server_root_cert_expiry_timestamp: it is not scraped, or another authority signs.',
  'certificate.nobodyConnected':
    'Istiod is scraped, but no proxy is connected to it (pilot_xds has no series): none can take or reject a configuration.',
  'certificate.noControlPlane':
    'The control plane reports nothing (neither pilot_xds nor istio_build): it is not scraped.',
  'mtls.nothingReported':
    'The called side reported no request and no connection over the look-back.',
  'mtls.nobodyCalled': 'Nobody called it over the look-back.',
  'mtls.onlyCallerSide':
    'Only the caller’s own side reported its calls: they did not arrive, or nothing at the called side reports.',
  'mtls.noSecurityLabelOfCalls':
    "The called side's reports do not say in the label {{label}} whether its calls were encrypted.",
  'telemetry.samplingUnset':
    "No Telemetry sets it: the mesh's own configuration does, and where that says nothing it is 1%.",
  'figure.noPodExports': 'No pod exports {{metric}}.',
  'figure.resilience4jExport':
    'The application exports it with the modules io.github.resilience4j:resilience4j-micrometer and io.micrometer:micrometer-registry-prometheus. The line of Spring Boot that lets Prometheus scrape it: management.endpoints.web.exposure.include=health,prometheus',
  'figure.fallbackCounter':
    'No library counts it: the application would have to do so with each answer of a fallback. The line for that with Micrometer: registry.counter("ai.circuit.fallback").increment();',
  'breaker.statisticMissing':
    'No calling proxy exports {{metric}}. To get it, add to the callers\' pod annotation proxy.istio.io/config (or to the mesh\'s defaultConfig): proxyStatsMatcher: { inclusionRegexps: ["{{regexp}}"] }',
  'breaker.ejectedUntold': 'Requests do not tell how many hosts are ejected.',
  'figure.noSeries':
    'Prometheus has none of Istio’s series for it in the window. Proxies export them from the first call on, unless a Telemetry switches them off, or the scrape drops them. The lines of a Telemetry that switch them on: metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: ALL_METRICS }, disabled: false }] }]',
  'figure.onlyCaller':
    'Only the calling proxy reported, and it cannot tell: the called side has no proxy that reports.',
  'figure.partUntold':
    'Of {{share}} of what the called side reports it does not say it in the label {{label}}.',
  'figure.noTraffic': 'No traffic in the window.',
  'figure.noRate': 'Prometheus answered something that is not a rate.',
  'figure.encryptionUntold':
    "The called side's reports do not say it in the label {{label}}.",
  'figure.noHistogram':
    'Prometheus has no istio_request_duration_milliseconds_bucket series for it in the window. Proxies export them unless a Telemetry switches them off, or the scrape drops them. The lines of a Telemetry that switch them on: metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: REQUEST_DURATION }, disabled: false }] }]',
  'figure.labelWouldTell':
    'The series lack the label {{label}}, which would tell.',
  'figure.noSeriesOfHour':
    'Prometheus has no istio_requests_total series of the last hour. Proxies export them from the first request on, unless a Telemetry switches them off, or the scrape drops them. The lines of a Telemetry that switch them on: metrics: [{ providers: [{ name: prometheus }], overrides: [{ match: { metric: REQUEST_COUNT }, disabled: false }] }]',
  'figure.onlyTcp': 'Only TCP was seen here, which has no requests.',
  'figure.notOnCluster':
    "The entity is not on the cluster '{{cluster}}', whose proxies were not asked.",
  'figure.beyondDepth':
    'What it receives lies beyond the depth that was asked for, or in another cluster.',
  'figure.onlyServices': 'Only a Service has endpoints.',
  'figure.noService': "Cluster '{{cluster}}' has no Service {{service}}.",
  'figure.externalName': 'An ExternalName Service has no endpoints.',
  'figure.noVersionReached': 'No request reached a version in the window.',
  'trace.noService': 'No service of the entity was found.',
};
