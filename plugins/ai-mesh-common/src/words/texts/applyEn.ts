/** Why a fix is not written into the cluster, or what became of it, in English. */
export const applyTextsEn = {
  'apply.noPatch':
    'It is not a change of one object that is there: open a pull request, or apply the manifest by hand.',
  'apply.kind':
    'Only a VirtualService or a DestinationRule is changed from here: how far a {{kind}} reaches cannot be told from its host names. Open a pull request.',
  'apply.beyondSpec':
    'It changes more than the spec of {{object}}, which is not done from here. Open a pull request.',
  'apply.unclearHost':
    '{{object}} is for {{host}}, which names no single Service: whose traffic a change would reach cannot be told. Open a pull request.',
  'apply.others':
    '{{object}} is for Service {{service}} as well, which is not proven to belong to {{entity}}. Open a pull request, for whoever runs that Service to look at.',
  'apply.argo':
    'Argo CD keeps {{object}}: it would take the change back. Change it where it is kept: open a pull request.',
  'apply.flux':
    'Flux keeps {{object}}: it would take the change back. Change it where it is kept: open a pull request.',
  'apply.helm':
    'Helm keeps {{object}}: the next upgrade of the release would take the change back. Change the values of the release.',
  'apply.operator':
    '{{owner}} keeps {{object}}: it would take the change back. Change that instead.',
  'apply.appliers':
    '{{managers}} applied {{object}} on the server’s side: its next apply meets a conflict with this change, or takes it back where it forces conflicts. Change it there as well.',
  'apply.canary':
    'Canary {{canary}} runs on {{object}}: wait until it has ended.',
  'apply.changed':
    '{{object}} has been changed since the fix was asked for: nothing was written. Look at the review again.',
  'apply.already':
    '{{object}} is as the fix has it already: nothing was written.',
  'apply.unclear':
    '{{object}} is neither as it was before nor as the fix has it: somebody else changed it while the portal was writing. Nothing more is written; look at it.',
  'apply.undoChanged':
    'Not undone: {{object}} has been changed since the fix was applied, and what others wrote is not overwritten. Change it by hand, or open a pull request.',
  'apply.notUndone': 'Not undone:',
  'apply.again': 'It is tried again:',
  'apply.unanswered':
    'The cluster could not be reached for too long: nothing was written. Ask for the fix again once it answers.',
  'apply.noCluster':
    "The portal has no cluster '{{cluster}}' that it may write to any more. Ask whoever runs the portal, or open a pull request.",
};
