/** Authorization, on the security screen. */
export const authorization = {
  'security.authorization.title': 'Authorization',
  'security.authorization.otherwise': 'anything else: {{verdict}}',
  'security.authorization.noPolicies':
    'No AuthorizationPolicy applies: everybody who can reach the service may call it.',
  'security.verdict.allowed': 'allowed',
  'security.verdict.denied': 'denied',
  'security.verdict.differs': 'differs',
  'security.verdict.unknown': 'unknown',
  'security.because.no-policy':
    'No policy with action ALLOW applies, and none denies it.',
  'security.because.allow-rule': 'This rule allows it:',
  'security.because.deny-rule': 'This rule denies it:',
  'security.because.no-rule-matched':
    'There are policies with action ALLOW, and no rule of them matches.',
  'security.because.not-enforced': 'Nothing there enforces policies.',
  'security.because.no-effect':
    'A policy that would keep callers out has no effect here.',
  'security.because.external': 'An external authorizer decides:',
  'security.because.undecidable': 'It cannot be told from here.',
  'security.because.unreadable': 'The policies cannot be read.',
  'security.policies.title': 'Policies that apply, in the order they are asked',
  'security.policies.policy': 'Policy',
  'security.policies.action': 'Action',
  'security.policies.scope': 'Applies by',
  'security.policies.rules': 'Rules',
  'security.policies.dryRun': 'dry run: decides nothing',
  'security.policies.effect.none': 'has no effect',
  'security.policies.effect.altered': 'in part not as written',
  'security.policies.scope.mesh': 'the root namespace: the whole mesh',
  'security.policies.scope.namespace': 'its namespace',
  'security.policies.scope.workload': 'its selector',
  'security.policies.scope.target': 'its target references',
  'security.ineffective.title': 'What does not do what it says',
  'security.ineffective.ztunnel-action':
    'It has no effect: ztunnel knows neither CUSTOM nor AUDIT. Only a waypoint could enforce it.',
  'security.ineffective.ztunnel-deny':
    'It has no effect: it asks for {{fields}}, which ztunnel does not see, and without that nothing can match. Only a waypoint could enforce it.',
  'security.ineffective.ztunnel-deny-wider':
    'It denies more than it says: it asks for {{fields}}, which ztunnel does not see and leaves out.',
  'security.ineffective.ztunnel-allow':
    'It allows nobody: it asks for {{fields}}, which ztunnel does not see.',
  'security.ineffective.ztunnel-allow-wider':
    'It allows more than it says, or nobody, by the version of Istio: it asks for {{fields}}, which ztunnel does not see.',
  'security.ineffective.no-waypoint':
    'It has no effect: no waypoint stands before the service to enforce it.',
  'security.ineffective.other-namespace':
    'It has no effect: a policy reaches what it points at from another namespace only.',
  'security.waypoint.serving':
    'Requests pass the waypoint {{name}}, which enforces policies on them; to policies at the workload the waypoint is the caller.',
  'security.waypoint.missing':
    'The labels ask for the waypoint {{name}}, which does not exist: requests pass no waypoint, and its policies have no effect.',
  'security.waypoint.not-ready':
    'The labels ask for the waypoint {{name}}, which has no address yet: requests pass no waypoint, and its policies have no effect.',
  'security.waypoint.elsewhere':
    'The labels ask for the waypoint {{name}}, which does not take this service: requests pass no waypoint, and its policies have no effect.',
  'security.waypoint.unknown':
    'The labels ask for the waypoint {{name}}; what it enforces is not known.',
  'security.matrix.title': 'Who may call what',
  'security.matrix.help':
    'Rows are callers that were seen. Metrics do not hold paths: columns are what policies and routes tell apart. Choose an answer to see why.',
  'security.matrix.moreOperations_one':
    '{{count}} more kind of request that rules name has no column.',
  'security.matrix.moreOperations_other':
    '{{count}} more kinds of request that rules name have no column.',
  'security.matrix.rest': 'anything else',
  'security.matrix.question': '{{caller}}: {{operation}}',
  'security.matrix.why': 'Why: {{question}}',
  'security.matrix.unknown': 'Who calls is not known. {{reason}}',
  'security.mayCall.title': 'May X call it?',
  'security.mayCall.caller': 'Caller',
  'security.mayCall.caller.workload': 'a workload',
  'security.mayCall.caller.principal': 'an identity',
  'security.mayCall.caller.nobody': 'somebody in plaintext',
  'security.mayCall.workload': 'Namespace/workload',
  'security.mayCall.principal': 'Principal',
  'security.mayCall.method': 'Method',
  'security.mayCall.path': 'Path',
  'security.mayCall.port': 'Workload’s port',
  'security.mayCall.host': 'Host',
  'security.mayCall.ip': 'Caller’s address',
  'security.mayCall.headers': 'Headers, one a line',
  'security.mayCall.ask': 'Ask',
  'security.mayCall.more': 'More details',
  'security.mayCall.less': 'Fewer details',
  'security.mayCall.asked': '{{caller}} calls as',
  'security.mayCall.noIdentity': 'nobody: without an identity',
  'security.denied.title': 'Refused lately (403)',
  'security.denied.none': 'Nobody was answered 403.',
  'security.denied.unknown': 'Who was refused is not known. {{reason}}',
  'security.denied.count': 'Refused',
  'security.denied.last': 'Last',
  'security.denied.by': 'Who refused',
  'security.denied.by.policy': 'an AuthorizationPolicy',
  'security.denied.by.external': 'an external authorizer',
  'security.denied.by.application': 'the application itself',
  'security.denied.by.undecided': 'cannot be told',
  'security.unused.title': 'Rules that no caller used',
  'security.unused.none':
    'Every rule for this service has a caller that it may be for.',
  'security.unused.unknown': 'Which rules are used is not known. {{reason}}',
  'security.notEvaluated.title': 'What cannot be evaluated here',
} as const;
