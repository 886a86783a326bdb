/** The review screen. The findings' own words are in the common package. */
export const review = {
  'review.severity.high': 'High',
  'review.severity.medium': 'Medium',
  'review.severity.low': 'Low',
  'review.severity.note': 'Note',
  'review.count.high': '{{count}} high',
  'review.count.medium': '{{count}} medium',
  'review.count.low': '{{count}} low',
  'review.count.note_one': '{{count}} note',
  'review.count.note_other': '{{count}} notes',
  'review.group.high': 'Broken, unprotected or paid for twice',
  'review.group.medium': 'Will be, under load or on the next failure',
  'review.group.low': 'Untidy, and a trap for whoever changes it',
  'review.group.note': 'Worth knowing',
  'review.group.suppressed': 'Suppressed by an annotation',
  'review.filter.severity': 'Severity',
  'review.filter.code': 'Code',
  'review.filter.all': 'All',
  'review.gone': 'The finding that the link is about is not there any more.',
  'review.filter.nothing':
    'Nothing matches this choice. Findings hidden by it: {{hidden}}.',
  'review.nothing.sound': 'The review finds nothing to complain about.',
  'review.nothing.blind':
    'The review finds nothing in what it could judge; see below for what it could not.',
  'review.finding.object': 'Object',
  'review.finding.path': 'Path',
  'review.finding.service': 'Service',
  'review.finding.serviceOf': '{{name}} in {{namespace}} on {{cluster}}',
  'review.finding.evidence': 'Evidence',
  'review.finding.related': 'Also involved',
  'review.finding.why': 'Why it matters',
  'review.finding.equivalents': 'Same as',
  'review.finding.more': 'More',
  'review.finding.link': 'Read about it',
  'review.finding.suppressed': 'Suppressed',
  'review.finding.suppressedBy': 'by {{path}} of {{kind}} {{name}}',
  'review.evidence.configuration': 'Configuration',
  'review.evidence.metrics': 'Metrics',
  'review.evidence.kiali': 'Kiali',
  'review.fix.change': 'Fix: change {{kind}} {{name}}',
  'review.fix.create': 'Fix: create {{kind}} {{name}}',
  'review.fix.diff': 'What changes in {{kind}} {{name}}',
  'review.fix.added': 'added:',
  'review.fix.removed': 'removed:',
  'review.fix.propose': 'Open a pull request',
  'review.fix.unproven':
    'It is not proven that {{service}} belongs to this entity, so no pull request can be opened from here.',
  'review.fix.several':
    'Open one pull request for {{total}} of these findings, kept in {{place}}',
  'review.fix.copy': 'Copy YAML',
  'review.fix.patch': 'Download patch',
  'review.fix.manifest': 'Download manifest',
  'review.fix.how': 'Apply the patch with',
  'review.fix.none':
    'No single change mends this; the evidence says where to begin.',
  'review.apply.ask': 'Apply now',
  'review.apply.heading': 'Applied from here',
  'review.apply.gone': 'Applied from here, and gone from the review',
  'review.apply.away':
    'Whether fixes were applied cannot be shown: the portal’s database does not answer.',
  'review.apply.mind': 'Before it is applied:',
  'review.apply.notBecause': 'It is not applied from here.',
  'review.apply.underway': 'It was asked for already: see above.',
  'review.apply.own':
    'You asked for this yourself: somebody else has to approve it. Ask one who has the permission {{permission}} on {{entity}}. Where there is nobody else, whoever runs the portal can set aiMesh.canary.requesterMayApprove.',
  'review.apply.refused': 'Not done',
  'review.apply.requestedBy': 'Asked for by',
  'review.apply.decidedBy': 'Decided by',
  'review.apply.state.requested': 'Waits for approval',
  'review.apply.state.approved': 'Approved, being written',
  'review.apply.state.applied': 'Applied',
  'review.apply.state.undoing': 'Being undone',
  'review.apply.state.undone': 'Undone',
  'review.apply.state.rejected': 'Rejected',
  'review.apply.state.cancelled': 'Taken back',
  'review.apply.state.expired': 'Expired: nobody decided',
  'review.apply.state.failed': 'Failed',
  'review.apply.title.request': 'Apply the fix of {{kind}} {{name}}?',
  'review.apply.title.approve': 'Approve the fix of {{kind}} {{name}}?',
  'review.apply.title.reject': 'Reject the fix of {{kind}} {{name}}?',
  'review.apply.title.cancel': 'Take back the fix of {{kind}} {{name}}?',
  'review.apply.title.undo': 'Undo the fix of {{kind}} {{name}}?',
  'review.apply.explain.request':
    'The cluster tries it now without keeping it. It is written once another person has approved it, and only if the object is still as it is now.',
  'review.apply.explain.approve':
    'This is written into the cluster at once, if the object is still as it was when the fix was asked for.',
  'review.apply.explain.reject': 'Nothing is written.',
  'review.apply.explain.cancel': 'Nothing is written.',
  'review.apply.explain.undo':
    'What was there before is written again at once, if nobody has changed the object since.',
  'review.apply.do.request': 'Ask for approval',
  'review.apply.do.approve': 'Approve and apply',
  'review.apply.do.reject': 'Reject',
  'review.apply.do.cancel': 'Take back',
  'review.apply.do.undo': 'Undo',
  'review.requests.title': 'Pull requests',
  'review.requests.away':
    'Pull requests cannot be shown: the portal’s database does not answer.',
  'review.requests.finding': '{{code}} of {{kind}} {{name}}:',
  'review.requests.notRead': 'Pull requests could not be read',
  'review.requests.object': '{{kind}} {{name}} on {{cluster}}:',
  'review.requests.object.applied': 'applied in the cluster',
  'review.requests.object.differs': 'otherwise in the cluster',
  'review.requests.object.absent': 'not in the cluster',
  'review.requests.object.notApplied': 'not applied in the cluster',
  'review.requests.object.unknown': 'not known in the cluster:',
  'review.requests.noObject':
    'A file of rules is no object of the cluster: whether Prometheus has taken it is not known here.',
  'review.requests.state.open': 'Open',
  'review.requests.state.conflicting':
    'Open, and conflicts with what has been changed since',
  'review.requests.state.merged': 'Merged',
  'review.requests.state.closed': 'Closed without being merged',
  'review.requests.state.unknown': 'State not known',
  'review.requests.standing.found': 'still found in the cluster',
  'review.requests.standing.applied':
    'applied in the cluster, not gone from the review yet',
  'review.requests.standing.gone': 'gone',
  'review.requests.standing.unknown': 'not judged now',
  'review.requests.unknown.not-asked': 'Its Git host was not asked yet.',
  'review.requests.unknown.unsupported':
    'Only pull requests of GitHub, GitLab, Gitea, Bitbucket and Azure DevOps are followed.',
  'review.requests.unknown.not-found':
    'The Git host has no such pull request that the portal may see.',
  'review.requests.unknown.forbidden':
    'The Git host refuses the portal’s token.',
  'review.requests.unknown.unreachable':
    'The Git host does not answer; it is asked again.',
  'review.requests.unknown.unreadable':
    'The Git host’s answer could not be read.',
  'review.source.title': 'Where this is kept',
  'review.source.repository': 'Repository',
  'review.source.path': 'Path',
  'review.source.revision': 'Revision',
  'review.source.how': 'How that is known',
  'review.source.keptBy': '{{kind}} {{namespace}}/{{name}} on {{cluster}}.',
  'review.source.by.annotation': 'The annotation ai-mesh.io/source says so.',
  'review.source.by.argo-cd': 'Argo CD tracks it:',
  'review.source.by.flux': 'Flux tracks it:',
  'review.source.by.entity':
    'Nothing says it of the object itself: this is the entity’s own source.',
  'review.source.madeBy.files':
    'Change its file there, or what is changed in the cluster is taken back.',
  'review.source.madeBy.kustomize':
    'Kustomize makes it of a base and patches: change the one that has the setting.',
  'review.source.madeBy.template':
    'A Helm chart’s template: edit the values. The template itself cannot be edited safely.',
  'review.source.chart':
    'A Helm chart’s template: edit the values of the release.',
  'review.source.unknown.untracked':
    'Not known: neither Argo CD nor Flux tracks it, and no annotation ai-mesh.io/source says it.',
  'review.source.unknown.not-found':
    'Not known: what the object says that it is kept by was not found.',
  'review.source.unknown.not-its':
    'Not known: what the object says that it is kept by does not list it.',
  'review.source.unknown.several': 'Not known: it is one of several sources.',
  'review.source.unknown.forbidden':
    'Not known: the portal may not read what keeps it.',
  'review.source.unknown.unreachable':
    'Not known: what keeps it could not be read.',
  'review.source.unknown.unreadable':
    'Not known: no repository is named that can be read as one.',
  'review.unreadable.title': 'Fields that cannot be read',
  'review.notJudged.title': 'What could not be judged',
  'review.notJudged.line': '{{code}} for {{name}}: {{message}}',
  'review.kiali.title': 'Kiali says besides',
  'review.kiali.error': 'Error',
  'review.kiali.warning': 'Warning',
  'review.kiali.info': 'Info',
  'overview.review.title': 'AI traffic review',
  'overview.review.jump': 'See the review',
  'overview.review.sentence.none': 'The review finds nothing to mend.',
  'overview.review.sentence.high':
    'Something is broken, unprotected or paid for twice.',
  'overview.review.sentence.some':
    'Nothing is broken; some of it could be better.',
  'topology.badge.findings': 'Review: {{detail}}',
} as const;
