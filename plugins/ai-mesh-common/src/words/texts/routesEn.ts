/** How requests are routed, and what routing stumbles on, in English. */
export const routeTextsEn = {
  'route.path': '{{path}}',
  'route.namedRule': '{{path}} ({{rule}})',
  'route.namedRuleOf': '{{path}} ({{rule}}) of {{object}}',
  'route.noGateway': 'It applies to no gateway.',
  'route.takesEvery': '{{catcher}} takes every request before it.',
  'route.takesIts': '{{catcher}} takes every request that it would match.',
  'route.decidesAlone': '{{object}} has the same host and decides alone.',
  'route.leftOut': '{{path}} is left out:',
  'route.istioLeavesOut': 'Istio leaves the rule out.',
  'route.notReviewed': 'It was not reviewed.',
  'route.delegateMissing':
    'It delegates to {{delegate}}, which does not exist.',
  'route.delegateWithHosts':
    'It delegates to {{delegate}}, which has hosts of its own and therefore is no delegate.',
  'route.delegateNotExported':
    'It delegates to {{delegate}}, which is not exported to the namespace {{namespace}}.',
  'route.delegateNested':
    '{{path}} of {{delegate}} delegates once more, to {{nested}}; Istio follows one level only.',
  'route.delegateContradicts':
    'Its match contradicts that of {{setting}}, which delegates to it.',
  'route.kindUnread':
    "{{kind}}s of cluster '{{cluster}}' cannot be read, so rules may be missing here.",
  'route.rivals':
    '{{objects}} route the host {{host}}. Istio does not merge them: each caller gets one of them alone, of those for the same callers the oldest.',
  'route.rivalFor': '{{object}} is for callers in {{namespaces}} alone.',
  'route.otherNamespace':
    '{{route}} sends requests to another namespace ({{backends}}): without a ReferenceGrant there they are refused.',
  'route.hidden':
    '{{sidecar}} does not let {{whom}} see {{host}}: no host of its egress is it. What they send there takes none of these rules.',
  'route.whomSelected':
    'the workloads that its workloadSelector names in {{namespace}}',
  'route.whomIn': 'workloads in {{namespaces}}',
  'route.whomElsewhere':
    'workloads in every namespace that has no Sidecar of its own',
  'route.whomInAndElsewhere':
    'workloads in {{namespaces}} and workloads in every namespace that has no Sidecar of its own',

  'policy.several':
    "{{rules}} are for the same host. Istio adds up their subsets and takes the oldest one's traffic policy.",
  'policy.severalIn':
    "{{rules}} are for the same host. Istio adds up their subsets and takes the oldest one's traffic policy, for callers in {{namespaces}}.",
  'policy.severalElsewhere':
    "{{rules}} are for the same host. Istio adds up their subsets and takes the oldest one's traffic policy, for callers in all other namespaces.",
  'policy.onlyFor':
    '{{rules}} applies only to callers in {{namespaces}}, which use it instead of any other.',
  'policy.severalOnlyFor':
    '{{rules}} apply only to callers in {{namespaces}}, which use them instead of any other.',
  'policy.noneFor':
    'Callers in {{namespaces}} get no DestinationRule for the host.',
  'policy.selected':
    '{{rules}} applies only to the callers in {{namespace}} that its workloadSelector names.',

  'destination.in': 'in {{namespaces}}',
  'destination.outside': 'outside {{namespaces}}',
  'destination.exportedToNobody': '{{host}} is exported to nobody (exportTo).',
  'destination.unseen':
    'Callers {{whom}} do not see {{host}}: it is not exported to them (exportTo).',
  'destination.weightless':
    'All weights of the rule are 0: no request reaches it.',
  'destination.external': 'An external host has no endpoints in the cluster.',
  'destination.unknownHost': 'The cluster knows no host {{host}}.',
  'destination.noService': 'There is no Service {{service}}.',
  'destination.notTheService':
    'Istio does not take {{host}} for a Service: write {{full}}.',
  'destination.noHost': 'No Service and no ServiceEntry has the host {{host}}.',
  'destination.noSubset':
    'The subset {{subset}} is not defined by a DestinationRule for {{host}}.',
  'destination.noSubsetFor':
    'The subset {{subset}} is not defined by a DestinationRule for {{host}} that callers {{whom}} see.',
  'destination.noSubsetSeen':
    'The subset {{subset}} is not defined by a DestinationRule for {{host}} that its callers see; {{rules}} defines it for others.',
  'destination.noSubsetSeenOfMany':
    'The subset {{subset}} is not defined by a DestinationRule for {{host}} that its callers see; {{rules}} define it for others.',
  'destination.noEndpoints': 'It has no endpoints.',
  'destination.noEndpointsOfSubset':
    'It has no endpoints with the labels of the subset {{subset}} ({{labels}}).',
  'destination.noneReady': 'None of its {{total}} endpoints is ready.',
  'destination.noneReadyOfSubset':
    'None of its {{total}} endpoints with the labels of the subset {{subset}} ({{labels}}) is ready.',
  'destination.otherKind': 'A backend of kind {{kind}} is not known to Istio.',

  'breaker.rulesUnread':
    'The DestinationRules cannot be read, so it is not known whether there is a circuit breaker.',
  'breaker.atLimit': 'At its limit now: {{pools}}.',
  'breaker.wasAtLimit':
    'Requests were rejected by a limit in the window; no limit is reached at this moment.',
  'breaker.rejected': 'Requests were rejected by a limit in the window (UO).',
  'breaker.ejected':
    'Requests found no host in the pool (UH) although endpoints are ready: they are ejected.',
  'breaker.hostless':
    'Requests found no host in the pool (UH); whether hosts are ejected or not ready cannot be told.',
  'breaker.noneRejected':
    'No request was rejected in the window. Ejected hosts cannot be seen.',
  'breaker.export':
    'The callers\' proxies do not export circuit-breaker statistics. To get them, add to the callers\' pod annotation proxy.istio.io/config (or to the mesh\'s defaultConfig): proxyStatsMatcher: { inclusionRegexps: [".*outlier_detection.*", ".*circuit_breakers.*", ".*upstream_rq_pending_overflow.*"] }',
  'breaker.statistics': "Envoy's statistics: {{reason}}.",
};
