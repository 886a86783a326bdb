/** What is said of who may call what, in English. */
export const accessTextsEn = {
  'access.denies': '{{setting}} denies it.',
  'access.allows': '{{setting}} allows it.',
  'access.noRule': 'No rule of {{policies}} allows it.',
  'access.external': '{{setting}} leaves it to an external authorizer.',
  'access.depends': '{{setting}} depends on {{what}}.',
  'access.itDepends': 'It depends on {{what}}.',
  'access.unknownField':
    '{{setting}} is a field or condition that AI Mesh does not know, which a newer Istio may.',
  'access.unknownCondition':
    '{{setting}} asks for {{condition}}, a field or condition that AI Mesh does not know, which a newer Istio may.',
  'access.fieldUnknown': '{{setting}} is a field that AI Mesh does not know.',
  'access.noPolicy': 'No policy with action ALLOW applies, and none denies it.',
  'access.policiesUnread': 'The AuthorizationPolicies cannot be read.',
  'access.differ': 'The workloads differ.',
  'access.ofWorkload': '{{workload}}: {{verdict}}.',
  'verdict.allowed': 'allowed',
  'verdict.denied': 'denied',
  'verdict.differs': 'differs',
  'verdict.unknown': 'unknown',
  'access.notEnforced':
    'The pods of {{workload}} have no proxy, so no policy is enforced.',
  'access.dependsOnWay':
    'It depends on whether the call passes the waypoint, as one by a ztunnel does and one by a sidecar or a gateway does not.',
  'access.pastWaypoint': 'Past it:',
  'access.gatewayPasses':
    'A call by a gateway goes past the waypoint, and the policies there do not bind it.',
  'access.sidecarPasses':
    'A call by a sidecar goes past the waypoint, and the policies there do not bind it.',
  'access.waypointUnknown':
    'Whether a waypoint enforces policies is not known.',
  'access.mixedPods':
    'The pods of {{workload}} take part in the mesh in different ways, and policies bind only those with a proxy.',
  'access.unusedRule': 'No caller of the look-back is one that it is for.',
  'obstacle.external-authorizer': 'what an external authorizer answers',
  'obstacle.token': "the claims of the request's token",
  'obstacle.address': 'an address or port that is not known here',
  'obstacle.header': 'a part of the request that is not known here',
  'obstacle.sni': "the connection's server name",
  'obstacle.filter-metadata': 'what another filter of the proxy writes',
  'obstacle.trust-domain': "the caller's identity, which is not known here",
  'obstacle.istio-version':
    'the version of Istio: some leave a rule out for ztunnel that asks for trust domains, others enforce it without them',
  'obstacle.unknown-field':
    'a field or condition that AI Mesh does not know, which a newer Istio may',
  'obstacle.unreadable': "a field that is not what Istio's schema allows",
  'ztunnel.needsWaypoint':
    'Only a waypoint, with a policy whose targetRefs point at it or at the Service, could enforce it.',
  'ztunnel.action':
    'ztunnel knows no action {{action}}: the policy has no effect there.',
  'ztunnel.allowsNobody':
    'It asks for {{fields}}, which ztunnel does not see: the rule allows nobody.',
  'ztunnel.allowsMore':
    'It asks for {{fields}}, which ztunnel does not see: by its version Istio leaves them out, and the rule allows more than it says, or leaves the rule out, and it allows nobody.',
  'ztunnel.noEffect':
    'It asks for {{fields}}, which ztunnel does not see, and without them nothing can match: the rule has no effect.',
  'ztunnel.deniesMore':
    'It asks for {{fields}}, which ztunnel does not see: the rule denies without regard to them, which is more than it says.',
  'target.service':
    'A policy reaches a Service from its own namespace only: there is no Service {{home}}/{{name}}, and {{namespace}}/{{name}} is none of {{home}}.',
  'target.waypoint':
    'A policy reaches a waypoint from its own namespace only, which is {{namespace}}.',
  'target.outside':
    'It points into {{namespace}}; a policy reaches nothing outside its own namespace.',
  'target.class':
    'The class of all waypoints is reached from the root namespace {{namespace}} only.',
  'target.noWaypoint':
    'No waypoint stands before the Service, and nothing else enforces it.',
  'target.noneAsked': 'No label asks for one.',
  'waypoint.serviceCounts':
    "The namespace asks for the waypoint {{name}}; the Service's own label counts.",
  'waypoint.missing':
    'The waypoint {{name}}, which the labels ask for, does not exist.',
  'waypoint.otherClass':
    'The waypoint {{name}}, which the labels ask for, is a Gateway of the class {{className}}: what that enforces is not known.',
  'waypoint.notForServices':
    'The waypoint {{name}}, which the labels ask for, takes no requests to Services: its label {{label}} says {{takes}}.',
  'waypoint.notAdmitted':
    'The waypoint {{name}}, which the labels ask for, does not admit the namespace {{namespace}}: see allowedRoutes of its listener.',
  'waypoint.noAddress':
    'The waypoint {{name}}, which the labels ask for, has no address yet.',
  'denied.external': 'An external authorizer refused it.',
  'denied.proxySays': 'Its proxy says: {{details}}.',
  'denied.application':
    'The policies allow all that it may have called: the application itself answered 403.',
  'denied.undecided':
    'Some of what it may have called is allowed and some is not; metrics do not say what it called.',

  'assistant.signIn': 'Sign in: this needs a person or a service.',
  'assistant.person':
    "{{action}} needs a person's token: {{plugin}} asks in its own name, which has nobody's permissions. Programs use AI Mesh's own API with an external access token.",
  'assistant.oneOf': 'Give one of {{names}}.',
};
