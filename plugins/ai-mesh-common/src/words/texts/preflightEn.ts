/** What a preflight says, in English. */
export const preflightTextsEn = {
  'split.rulesNamed':
    '{{title}} has {{count, number}} rules named "{{rule}}": {{rules}}',
  'split.ambiguous':
    '{{title}} has more than one rule without a match that sends to {{version}}: {{rules}}. Name the one to use.',
  'split.versionTwice':
    '{{rule}} of {{title}} sends to {{version}} {{count, number}} times. Name the port, where the ports differ.',
  'split.versionMissing':
    '{{rule}} of {{title}} does not send to {{version}}. It sends to {{others}}.',
  'split.nothing': 'nothing',
  'split.others': '{{destinations}}',
  'split.noRuleNamed':
    '{{title}} has no rule named "{{rule}}". It has {{rules}}.',
  'split.allMatch':
    'Every rule of {{title}} that sends to {{version}} has a match: {{rules}}. Name the one to use.',
  'split.allMatchUnnamed':
    'Every rule of {{title}} that sends to {{version}} has a match: {{rules}}. Name the one to use; for that it needs a name in the object.',
  'split.tcp':
    '{{title}} sends to {{host}} as TLS or TCP ({{rules}}). Shares can only be moved where requests are seen: on HTTP and gRPC rules.',
  'split.noRuleTo':
    'No rule of {{title}} sends to {{version}}. It has {{rules}}.',
  'split.noRule': 'no HTTP or gRPC rule',
  'split.noResourceVersion': 'The object has no resourceVersion',
  'split.noAnswerCookie':
    'The canary has no destination whose answers could carry a cookie.',
  'split.tooCoarse':
    'The weights of {{rule}} add up to {{total, number}}, and {{others}} of it belongs to other destinations: {{percent}}% is no whole number. Multiply every weight by {{times}} first; the traffic stays the same.',
  'split.sumZero':
    'The weights of {{rule}} add up to 0: it sends nothing anywhere',
  'split.noWeight': '{{pointer}}/weight is {{weight}}, not a weight',
  'split.cannotAdd':
    '{{version}} does not stand in the route, and cannot be added to it beside {{stable}}, which is of another kind: add it yourself, with a weight of 0',
  'split.notService':
    '{{host}} is not a Service of the cluster, so a route of the Gateway API cannot send to it',
  'split.notRoute':
    'A {{kind}} is not a route whose weights can be moved: a VirtualService, an HTTPRoute or a GRPCRoute is',
  'route.notOf': '{{object}} does not route {{service}}.',
  'route.none':
    'Nothing routes {{service}}: it needs a VirtualService, an HTTPRoute or a GRPCRoute whose weights can be moved.',
  'route.several':
    'Several objects route {{service}} to the stable version: {{objects}}. Name the one to use.',
  'route.noRule':
    'No rule of {{objects}} routes {{service}} to the stable version.',
  'header.badRegex':
    'The regular expression of the header {{header}} is none that RE2 can read: {{error}}',
  'header.twice':
    '{{rule}} matches by the header {{header}} itself, and a route cannot ask one header for two things. Choose another header for the phase.',
  'affinity.noBrowsers':
    'Nobody can be kept with a version by a cookie on a {{kind}}: browsers do not call gRPC, and nothing else keeps cookies. Leave the affinity out.',
  'affinity.obstacle':
    '{{rule}} cannot keep people with the canary by a cookie: {{obstacle}}.',
  'affinity.ruleFilter':
    'its ResponseHeaderModifier sets or removes Set-Cookie, which no cookie of a backend comes through',
  'affinity.backendCookie':
    "the canary's backend gives its answers a Set-Cookie already, and a filter can add but one",
  'affinity.backendHeaders':
    "the canary's backend adds {{most}} headers to its answers already, and a filter can add no more",
  'affinity.ruleHeaders':
    'its headers.response sets or removes Set-Cookie, which no cookie of a destination comes through',
  'affinity.destinationCookie':
    "the canary's destination gives its answers a Set-Cookie already, and a destination can add but one",
  'cluster.said': '{{text}}',
  'versions.why': '{{text}}',
  'cluster.gone': "There is no cluster '{{cluster}}' in the configuration.",
  'route.used': '{{rule}} of {{object}} is used.',
  'weight.already':
    "The canary has {{percent}}% already, and the plan's target is {{target}}%. Choose a higher target.",
  'weight.others':
    'Other destinations of the rule keep {{others}}%, so the canary ends at {{last}}%, not {{target}}%.',
  'weight.firstHalf':
    'The first step gives the canary {{first}}% at once: more than half, before anything is known of it. Begin with less, so that half is earned.',
  'weight.present': 'The canary has {{percent}}% now and ends at {{last}}%.',
  'interval.short':
    "An interval of {{interval}} s is shorter than four scrapes of '{{cluster}}', which take {{least}} s, and so too short to judge a step by. Set it to {{least}} s or more.",
  'interval.fine': 'The interval of {{interval}} s holds four scrapes or more.',
  'header.notFirst':
    'A header phase comes before any other traffic, and the canary has {{percent}}% already. Take it to 0 first, or leave the phase out.',
  'rule.disturbs':
    "{{rule}} has {{what}}: injected faults count as the canary's errors, and every mirrored call to a model is billed.",
  'rule.mirrors':
    '{{rule}} has a RequestMirror filter: every mirrored call to a model is billed.',
  'rule.calm': 'The rule injects no faults and mirrors nothing.',
  'rule.retries':
    '{{rule}} retries on {{conditions}}: such a call may already have been billed, and a canary that fails is then paid for twice.',
  'rule.noRetries': 'The rule retries nothing that may be billed.',
  'rule.sticky':
    '{{object}} keeps callers with one endpoint: within a version that stays so, but the share of requests may differ from the share of callers.',
  'rule.notSticky': 'No session affinity is set.',
  'rule.above':
    '{{above}}, asked before spec.{{rule}}, also sends to the stable version: requests that match there stay with it, at 100% too.',
  'rule.aboveMany':
    '{{above}}, asked before spec.{{rule}}, also send to the stable version: requests that match there stay with it, at 100% too.',
  'rule.noneAbove': 'No rule above keeps sending to the stable version.',
  'endpoints.unknown':
    'How many endpoints of {{version}} are ready is not known.',
  'versions.fine': 'Both versions are defined.',
  'endpoints.noPod': '{{version}} has no endpoints: no pod carries its labels.',
  'endpoints.noneOf':
    'None of the {{total, number}} endpoints of {{version}} is ready.',
  'endpoints.ready':
    '{{ready}} of {{total, number}} endpoints of {{version}} are ready.',
  'versions.wouldBe503':
    'What they send to the canary would be answered with 503. Export the DestinationRule to them, or the route to fewer (exportTo).',
  'versions.nothingBut503': 'They would get nothing but 503.',
  'subset.ambiguous':
    'The subset {{subset}} of {{host}} stands for different pods, depending on the caller (exportTo, workloadSelector): {{meanings}}. No figure is of all of them: give each a name of its own.',
  'versions.undefined': '{{version}} is not defined.',
  'versions.noService': 'There is no Service for {{host}}.',
  'capacity.low':
    "The canary has {{ready}} ready {{noun}}, and at {{percent}}% it takes what needs {{needed, number}} of the stable version's. Scale it up as the weight grows.",
  'noun.endpoint': 'endpoint',
  'noun.endpoints': 'endpoints',
  'capacity.fine': 'The canary has endpoints enough for its target.',
  'metrics.indistinct':
    "A canary that fails would look like the version that it is compared with. Give the pods of each version a label 'version' of their own, or a workload of their own.",
  'metrics.fine': 'Prometheus has metrics of the canary.',
  'metrics.none':
    'There are no metrics of the canary yet ({{reason}}): until there are, it is held.',
  'busy.taken': 'Canary {{canary}} is active on this route.',
  'busy.free': 'No other canary is active on the route.',
  'patch.noEditor':
    "The portal cannot write to '{{cluster}}'. Ask whoever runs the portal to set allowWrites to true for it under aiMesh.clusters.",
  'patch.off':
    "The portal does not write to the cluster '{{cluster}}': set allowWrites to true for it under aiMesh.clusters.",
  'patch.may': 'The portal may patch {{object}}.',
  'patch.mayNot':
    "The portal may not patch {{object}} on the cluster '{{cluster}}'. Give its account the rights of docs/canary-rbac.yaml.",
  'dryRun.fine': 'The cluster would take the first write.',
  'dryRun.busy': 'The route is being changed by somebody else just now.',
  'dryRun.refused': 'The cluster would not take the first write.',
  'picker.ready':
    'Service {{picker}} picks the endpoints of {{version}}, and is ready.',
  'picker.failsOpen':
    '{{version}} fails open: its requests go to any of its pods, whatever their queues.',
  'picker.refuses':
    'Without it the gateway refuses every request to {{version}}.',
  'picker.none': 'InferencePool {{pool}} names no endpoint picker.',
  'picker.kind':
    'The endpoint picker of InferencePool {{pool}} is a {{kind}}, and Istio takes none but a Service.',
  'picker.missing':
    'The endpoint picker of InferencePool {{pool}}, Service {{picker}}, does not exist.',
  'picker.notReady':
    'The endpoint picker of InferencePool {{pool}}, Service {{picker}}, has no ready endpoint.',
  'affinity.callersUnknown':
    'Who calls the service is not known ({{reason}}), and so not whether callers keep the cookie {{cookie}}: browsers behind a gateway do, workloads of the mesh do not.',
  'affinity.drops':
    '{{callers}} calls the service from within the mesh and drops the cookie {{cookie}}, unless it passes on both the Cookie of requests and the Set-Cookie of answers',
  'affinity.drop':
    '{{callers}} call the service from within the mesh and drop the cookie {{cookie}}, unless they pass on both the Cookie of requests and the Set-Cookie of answers',
  'affinity.some':
    '{{drop}}: there, every request is sent by the weights. People who come through {{gateways}} stay.',
  'affinity.nobodyStays':
    '{{drop}}. No gateway has called it within the last hour, so that nobody may stay with the canary.',
  'affinity.gateways':
    'Only gateways call the service ({{gateways}}): browsers behind them keep the cookie {{cookie}}.',
  'affinity.noCaller':
    'Nobody in the mesh has called the service within the last hour, so that whether callers keep cookies is not known.',
  'affinity.shares':
    'Whoever has once had an answer of the canary stays with it, so that its share of requests grows beyond its weight: at {{percent}}% half of the people are with it after {{requests, number}} {{noun}} each. It is judged by the requests that were really counted; what is foreseen of its duration goes by the weights.',
  'noun.request': 'request',
  'owned.flagger':
    'Flagger owns {{object}}: its Canary moves these weights. Remove the Canary, or use it instead.',
  'owned.rollout':
    'An Argo Rollout runs {{service}}: it moves these weights. Use the Rollout instead.',
  'owned.rolloutRoute':
    'An Argo Rollout runs {{service}} and owns {{object}}: it moves these weights. Use the Rollout instead.',
  'owned.nobody': 'No other operator moves these weights.',
  'gitops.applied':
    "{{managers}} applied {{object}} on the server's side. The first write makes '{{own}}' the manager of the whole list .spec.{{list}}: while the canary runs, an apply that does not force conflicts fails with a conflict, and one that forces them takes the weights back. At the end the list is given up: the next apply has no conflict, and sets the weights that it holds.",
  'gitops.argo':
    'Argo CD manages {{object}}: with self-healing on it takes the weights back, and the canary is paused as drift. Let the Application ignore them.',
  'gitops.flux':
    'Flux manages {{object}}: its next reconciliation takes the weights back, and the canary is paused as drift. Let Flux leave the object alone while the canary runs.',
  'gitops.fluxHelm':
    'Flux manages {{object}} by a HelmRelease: with drift detection on it takes the weights back, and so does an upgrade of the release. Let the HelmRelease ignore them.',
  'gitops.helm':
    'Helm manages {{object}}: an upgrade of the release while the canary runs takes the weights back.',
  'gitops.none': 'No GitOps tool manages the route.',
  'power.unknown':
    'How long the plan takes, and what it would notice, is not known ({{reason}}).',
  'power.undecided':
    "At today's {{rate, rate}} requests a second a canary that is no worse than the stable version is not decided on within the longest hold of {{hold, minutes}}: it would be paused at {{percent}}%, after {{duration, minutes}}. Choose a longer hold, less confidence, a larger margin or larger first steps.",
  'power.blind':
    "At today's {{rate, rate}} requests a second a canary of which {{percent}}% fail would be promoted all the same: the plan is too short, or its bounds too wide, to notice it.",
  'power.fine':
    "At today's {{rate, rate}} requests a second the plan takes about {{duration, minutes}} and {{requests, number}} requests of the canary.",
  'quality.gone':
    '{{gate}}: the portal has no such gate any more (aiMesh.canary.gates).',
  'quality.fine':
    'It is also judged by {{gates}}, and there is something to judge.',
  'quality.silent':
    'It is also judged by {{gates}}. Not all of them have something to judge at present.',
  'quality.holds': 'Until there is, it holds.',
  'quality.holdsNot': 'Where neither version has it, the gate does not apply.',
};
