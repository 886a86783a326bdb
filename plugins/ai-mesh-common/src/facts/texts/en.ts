import type { FactName } from '../factDefinitions';
import type { FactText } from '../FactText';

/** The words of every fact in English. @public */
export const factTextsEn: Readonly<Record<FactName, FactText>> = {
  mtlsStrict: {
    title: 'mTLS is STRICT',
    description:
      'Every port of every service takes mutual TLS only, and no caller is refused.',
    measured: 'PeerAuthentication and DestinationRule objects.',
  },
  mtlsReady: {
    title: 'STRICT, or ready for it',
    description:
      'Every service is STRICT, or could be switched to it without refusing a caller that was seen.',
    measured:
      'PeerAuthentication and DestinationRule objects, and the callers of the look-back.',
  },
  mtlsObservedShare: {
    title: 'Encrypted traffic',
    description:
      'The share of requests and TCP connections with mutual TLS, of the service that has least.',
    measured:
      "istio_requests_total at the called side, over security's look-back.",
  },
  plaintextCallers: {
    title: 'Plaintext callers',
    description: 'Callers that were seen without mutual TLS.',
    measured:
      "istio_requests_total at the called side, over security's look-back.",
  },
  authorizationPolicyPresent: {
    title: 'Authorization in force',
    description:
      'Every service has an AuthorizationPolicy that is in force where its requests arrive.',
    measured: 'AuthorizationPolicy objects (finding AIM404).',
  },
  policiesWithoutEffect: {
    title: 'Policies without effect',
    description:
      'AuthorizationPolicies that do not do what they say, wholly or in part.',
    measured:
      'AuthorizationPolicy objects and what enforces them (findings AIM407 and AIM408).',
  },
  certificateDaysLeftMin: {
    title: 'Certificate that ends first',
    description:
      "Days until the first of the workloads' certificates, or the root's, expires.",
    measured: "The proxies' and the control plane's certificate metrics.",
  },
  certificateRenewalSeen: {
    title: 'Certificates are renewed',
    description:
      "The expiry of every workload's certificate was seen to move on.",
    measured: "The proxies' certificate metrics over time.",
  },
  ambientMode: {
    title: 'Ambient mode',
    description:
      'A workload takes part in the mesh by ztunnel, without a sidecar.',
    measured: "Pods' proxies and annotations.",
  },
  circuitBreakerConfigured: {
    title: 'Circuit breaker configured',
    description:
      'Every service has connection-pool limits or outlier detection of its own.',
    measured: 'DestinationRule objects (findings AIM201 and AIM204).',
  },
  breakerCanOpen: {
    title: 'Circuit breaker can open',
    description:
      'Every service has outlier detection, and every rule of it can fire and eject an endpoint.',
    measured:
      'DestinationRule objects and endpoints (findings AIM201, AIM202 and AIM207).',
  },
  timeoutsConfigured: {
    title: 'Timeouts configured',
    description: 'Every route to the services has a timeout.',
    measured: 'VirtualService and HTTPRoute objects (finding AIM101).',
  },
  p99OverTimeoutRatio: {
    title: 'p99 over timeout',
    description:
      'The slowest hundredth of answers over the timeout of the route, of the route where that is worst: above 1, normal answers are cut off.',
    measured:
      'Timeouts of VirtualService and HTTPRoute objects, and the p99 of the last hour.',
  },
  retriesSafe: {
    title: 'Retries are safe',
    description:
      'No route retries what may be billed already, what streams, or for longer than its timeout.',
    measured: 'Routes (findings AIM103, AIM104 and AIM105).',
  },
  retriesBilled: {
    title: 'Routes with retries billed twice',
    description:
      'Routes that retry on failures after which the model may have answered.',
    measured: 'Routes (finding AIM103).',
  },
  findingsHigh: {
    title: 'High findings',
    description: 'The same as reviewFindingsHigh, by its shorter name.',
    measured: 'The review, without what an annotation silences.',
  },
  reviewFindingsHigh: {
    title: 'High findings of the review',
    description: 'Something is broken, unprotected or paid for twice.',
    measured: 'The review, without what an annotation silences.',
  },
  reviewFindingsMedium: {
    title: 'Medium findings of the review',
    description: 'Something will break under load or on the next failure.',
    measured: 'The review, without what an annotation silences.',
  },
  sloDefined: {
    title: 'SLO defined',
    description:
      "The entity has objectives of its own, beyond the portal's defaults.",
    measured: 'The OpenSLO document that ai-mesh.io/slos names.',
  },
  sloBudgetLeftMin: {
    title: 'Error budget left',
    description:
      'Of the objective that stands worst; 1 is all of it, below 0 it is overspent.',
    measured: 'Good and bad events over the period of each objective.',
  },
  sloBurnRateMax: {
    title: 'Highest burn rate',
    description:
      'Times the sustainable rate, over the long window of the alert that is worst.',
    measured: 'Good and bad events over the windows of the burn-rate alerts.',
  },
  availability30d: {
    title: 'Availability over 30 days',
    description:
      'Good events over all events, of the availability objectives with a period of 30 days.',
    measured: 'Good and bad events of those objectives.',
  },
  latencyP99Seconds: {
    title: 'p99 latency',
    description:
      'The slowest hundredth of answers in the last hour, all callers.',
    measured: 'istio_request_duration_milliseconds over the last hour.',
  },
  tracingSampled: {
    title: 'Traces are sampled',
    description: 'Every workload reports spans of some of its requests.',
    measured: 'Telemetry objects.',
  },
  modelTagOnTraces: {
    title: 'Model tag on traces',
    description: "Every workload's traces carry the name of the model.",
    measured: 'Telemetry objects (finding AIM501).',
  },
  canaryLast90d: {
    title: 'Canaries in 90 days',
    description: 'Canaries that moved traffic in the last 90 days.',
    measured: "The portal's own history of canaries.",
  },
  canaryRollbackRate90d: {
    title: 'Share of canaries rolled back',
    description:
      'Of the canaries that were promoted or rolled back in the last 90 days.',
    measured: "The portal's own history of canaries.",
  },
  canaryGatesQuality: {
    title: 'Quality gate on canaries',
    description: 'The latest canary was judged by a quality gate too.',
    measured: 'The plan of the latest canary of the last 90 days.',
  },
  tokensPerDay: {
    title: 'Tokens per day',
    description: 'At the present rate, input and output, all models.',
    measured: "The models' token metrics.",
  },
  costPerDayEstimate: {
    title: 'Estimated cost per day',
    description: 'Tokens at the present rate times the price table.',
    measured: "The models' token metrics and aiMesh.slo.prices.",
  },
  modelsInUse: {
    title: 'Models in use',
    description: 'Models that report at present.',
    measured: "The models' metrics, where they name the model.",
  },
};
