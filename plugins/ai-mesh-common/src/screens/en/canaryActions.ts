/** What a person does to a canary: what it would change, and whether it may. */
export const canaryActions = {
  'canary.do.approve': 'Approve',
  'canary.do.reject': 'Reject',
  'canary.do.cancel': 'Cancel the request',
  'canary.do.pause': 'Pause',
  'canary.do.resume': 'Resume',
  'canary.do.advance': 'Advance now',
  'canary.do.rollBack': 'Roll back now',
  'canary.do.confirmStep': 'Confirm the step',
  'canary.do.adoptDrift': 'Adopt what was found',
  'canary.do.restoreDrift': 'Restore the canary’s weights',
  'canary.do.cleanUp': 'Scale the old version down',
  'canary.do.undoCleanUp': 'Scale it up again',
  'canary.ask.close': 'Leave it as it is',
  'canary.ask.approve': 'Approve this canary?',
  'canary.ask.reject': 'Reject this canary?',
  'canary.ask.cancel': 'Cancel this request?',
  'canary.ask.pause': 'Pause this canary?',
  'canary.ask.resume': 'Resume this canary?',
  'canary.ask.advance': 'Advance now?',
  'canary.ask.rollBack': 'Roll back now?',
  'canary.ask.confirmStep': 'Confirm the next step?',
  'canary.ask.adoptDrift': 'Adopt the weights that were found?',
  'canary.ask.restoreDrift': 'Write the canary’s weights again?',
  'canary.ask.cleanUp': 'Scale the old version down?',
  'canary.ask.undoCleanUp': 'Scale the old version up again?',
  'canary.explain.approve':
    'The engine starts it, checks everything once more, and moves the weights step by step for as long as every gate passes.',
  'canary.explain.reject': 'The request ends, and the route stays as it is.',
  'canary.explain.cancel': 'The request ends, and the route stays as it is.',
  'canary.explain.pause':
    'The weights stay as they are until somebody goes on.',
  'canary.explain.resume': 'The engine goes on from the present weights.',
  'canary.explain.advance':
    'The next step is taken at once, whatever the gates say. A breach still rolls back.',
  'canary.explain.rollBack':
    'The weights of before the start are written at once, and the canary ends.',
  'canary.explain.confirmStep':
    'The step is taken once its interval is over and the gates pass.',
  'canary.explain.adoptDrift':
    'The weights in the cluster stay, and the canary goes on from them.',
  'canary.explain.restoreDrift':
    'What somebody else wrote is overwritten by the weights that the canary wrote last, and it goes on.',
  'canary.explain.cleanUp':
    'The old version’s workloads lose all their replicas. It is refused where the new version is not ready to carry everything.',
  'canary.explain.undoCleanUp':
    'The old version’s workloads get the replicas that they had.',
  'canary.reason.label': 'Reason',
  'canary.reason.optional': 'Reason (optional)',
  'canary.reason.help': 'Stands in the history, with your name.',
  'canary.reason.missing': 'Say why, for the people who read it later.',
  'canary.consequence.nothing': 'No weight changes.',
  'canary.consequence.unknown':
    'What it changes cannot be told: the weights of the route are not known.',
  'canary.consequence.weights': 'What changes',
  'canary.consequence.headerRuleAdded':
    'A rule above the route sends requests with the named headers to the canary.',
  'canary.consequence.headerRuleRemoved':
    'The rule for the named headers is removed.',
  'canary.consequence.affinityAdded':
    'The canary’s answers set a cookie, and a rule above the route sends whoever has it to the canary.',
  'canary.consequence.affinityRemoved':
    'The cookie of the canary’s answers and its rule are removed.',
  'canary.consequence.replicas':
    '{{kind}} {{name}}: {{from}} → {{to}} replicas',
  'canary.conflict.title':
    'Something happened in the meantime, so nothing was done yet',
  'canary.conflict.since': 'What happened since you looked',
  'canary.conflict.now': 'Now:',
  'canary.conflict.body': 'Nothing was done. Look again, and decide anew.',
  'canary.conflict.again':
    'This is what it would do now. Is that still what you want?',
  'canary.conflict.impossible': 'In this state it can no longer be done.',
  'canary.may.loading': 'Your rights are being looked up.',
  'canary.may.underway': 'It is being done.',
  'canary.may.lacks':
    'You lack the permission {{permission}} on {{entity}}. Ask the people who look after the portal’s permission policy.',
  'canary.may.ownRequest':
    'You asked for this canary yourself: somebody else has to approve it. Where there is nobody else, whoever runs the portal can set aiMesh.canary.requesterMayApprove.',
  'canary.may.readOnly':
    'The portal may only read the cluster {{clusters}}: whoever runs it has to set allowWrites there first.',
  'canary.drift.title': 'Drift',
  'canary.drift.expected': 'Last written',
  'canary.drift.found': 'Found',
} as const;
