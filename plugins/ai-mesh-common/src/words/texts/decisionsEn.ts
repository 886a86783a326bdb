/** Why something that a person asks for or decides is not done, in English. */
export const decisionTextsEn = {
  'act.refused':
    "A canary that is {{state}} does not allow '{{action}}'. Its page says what it allows.",
  'act.refusedPaused':
    "A canary that is {{state}} ({{cause}}) does not allow '{{action}}'. Its page says what it allows.",
  'act.noWeights': 'There are no weights to adopt. Look again.',
  'act.noStep': 'There is no step left to confirm. Look again.',
  'act.noConfirmation':
    'The step to {{weight}}% needs no confirmation. It is made by itself: wait for it, or advance.',
  'act.movedOn':
    'The canary has moved on since you looked: it is {{state}} now (version {{version}}, yours was {{yours}}). Look again.',
  'act.routeTaken':
    'Since its promotion canary {{holder}} has begun on its route. Decide about that one first.',
  'act.workedOn': 'The canary is being worked on all the time. Try again.',
  'act.person':
    "'{{action}}' is for a person to decide: sign in, or let a person's token be used.",
  'act.own':
    'You asked for this canary yourself: somebody else has to approve it. Ask one who has the permission ai-mesh.canary.approve; where there is nobody else, whoever runs the portal can set aiMesh.canary.requesterMayApprove.',
  'act.noCanary':
    'There is no canary {{canary}}. Take its id from the list of canaries.',
  'act.noneSeen':
    'There is no such canary that you may see. Take its id from the list of canaries, or ask for the permission ai-mesh.read on its entity.',

  'canaryState.requested': 'requested',
  'canaryState.approved': 'approved',
  'canaryState.progressing': 'progressing',
  'canaryState.paused': 'paused',
  'canaryState.rollingBack': 'rollingBack',
  'canaryState.promoted': 'promoted',
  'canaryState.rejected': 'rejected',
  'canaryState.cancelled': 'cancelled',
  'canaryState.expired': 'expired',
  'canaryState.failed': 'failed',
  'canaryState.rolledBack': 'rolledBack',
  'cause.person': 'person',
  'cause.drift': 'drift',
  'cause.longest-hold': 'longest-hold',
  'cause.forbidden': 'forbidden',
  'cause.refused': 'refused',
  'cause.could-not-restore': 'could-not-restore',
  'cause.not-proven': 'not-proven',
  'action.approve': 'approve',
  'action.reject': 'reject',
  'action.cancel': 'cancel',
  'action.pause': 'pause',
  'action.resume': 'resume',
  'action.advance': 'advance',
  'action.rollBack': 'rollBack',
  'action.confirmStep': 'confirmStep',
  'action.adoptDrift': 'adoptDrift',
  'action.restoreDrift': 'restoreDrift',
  'action.cleanUp': 'cleanUp',
  'action.undoCleanUp': 'undoCleanUp',
  'action.undo': 'undo',

  'ask.noService':
    "service: {{entity}} has no service {{service}} on a cluster '{{cluster}}'. It has {{services}}.",
  'ask.noServices': 'none',
  'ask.sameVersion':
    'canary: The canary must be another version than the stable one',
  'ask.notOwn':
    '{{role}}: {{version}} is neither a Service of the namespace {{namespace}} nor one of {{entity}}. Name one that is.',
  'ask.noGate':
    'plan.qualityGates: there is no gate {{gates}}. Known are {{known}}. Name one of these, or ask whoever runs the portal for it (aiMesh.canary.gates).',
  'ask.noGates':
    'plan.qualityGates: there is no gate {{gates}}. The portal has none. Leave it out, or ask whoever runs the portal for it (aiMesh.canary.gates).',
  'ask.keyReused':
    'idempotencyKey: You used this key for a different request. Take another one.',
  'ask.routeTaken':
    'The route is taken: canary {{holder}} is active on it (/v1/canaries/{{holder}}). Wait for its end, or cancel it.',
  'ask.inCluster': "In cluster '{{cluster}}':",

  'fix.onlyAsker': 'Only who asked for it takes it back: others reject it.',
  'fix.own':
    'You asked for this fix yourself: somebody else has to approve it. Ask one who has the permission ai-mesh.fix.apply; where there is nobody else, whoever runs the portal can set aiMesh.canary.requesterMayApprove.',
  'fix.movedOn':
    'The fix has moved on since you looked: it is {{state}} now. Look again.',
  'fixState.requested': 'requested',
  'fixState.approved': 'approved',
  'fixState.applied': 'applied',
  'fixState.undoing': 'undoing',
  'fixState.undone': 'undone',
  'fixState.rejected': 'rejected',
  'fixState.cancelled': 'cancelled',
  'fixState.expired': 'expired',
  'fixState.failed': 'failed',
  'fix.busy':
    'Another fix of {{object}} waits or is being written. Decide about that one first.',
  'fix.decided': 'Somebody else has just decided about this fix. Look again.',
  'fix.none': 'There is no such fix of this entity. Look at its review again.',
  'fix.gone':
    'The review does not have this finding any more: look at it again.',
  'fix.noStrict':
    'There is no such manifest for STRICT of the entity any more: look at it again.',
  'fix.noPromoted':
    'The entity has no promoted canary of this id. Take it from the list of its canaries.',
  'fix.followedOtherwise':
    'This pull request is followed for something else of the entity already. Open one of its own for this.',
  'fix.otherCluster':
    "The entity is not looked for on a cluster '{{cluster}}' any more. Look at its review again.",
  'fix.mayNotGet':
    "The portal may not read {{kind}}s of the namespace {{namespace}} on the cluster '{{cluster}}'. Give its account the verb get on them.",
  'fix.oneGone':
    'The review does not have one of these findings any more: look at it again.',
};
