/** What happens to canaries, and why, in English. */
export const runTextsEn = {
  'run.expired': 'Nobody approved or rejected it in time.',
  'run.windowOver': 'Its time window is over, and it had not started.',
  'run.notProvenSince':
    'Since the approval it is not proven any more whose Service {{of}} is. Whoever runs it can mark it with ai-mesh.io/entity.',
  'run.started': 'The preflight found nothing that blocks.',
  'run.header': 'Requests with the named headers go to the canary.',
  'run.step': 'To {{weight}}%.',
  'run.stepPassed': 'To {{weight}}%: every gate passed.',
  'run.rewritten': 'The weights last written stand again.',
  'run.landed': 'A write that had begun before was found to be in the cluster.',
  'run.promoted': 'The canary holds {{percent}}%.',
  'run.promotedPassed': 'The canary holds {{percent}}%, and every gate passed.',
  'run.restored': 'The weights of before the start are restored.',
  'run.nothingToRestore': 'There is nothing to restore.',
  'run.noWeightsLeft': 'There are no weights left to restore.',
  'run.neverRecorded': 'The weights of before were never recorded.',
  'run.retried': 'The route can be written again.',
  'run.couldNotRestore':
    'The weights of before could not be restored, and it is tried again and again:',
  'run.confirm': 'The step to {{weight}}% waits for a confirmation.',
  'run.confirmLater':
    'The step to {{weight}}% waits for a confirmation once the gates have passed.',
  'run.paused': 'Paused.',
  'run.disowned':
    "Service {{of}} is not proven any more to be {{owners}}'s. Whoever runs it can mark it with ai-mesh.io/entity.",
  'run.conflicts':
    'Somebody else changed the route each of the {{times}} times that it was to be written.',
  'run.keptFields':
    'The portal still manages the rules of {{object}}: {{times}} times it could not give them up.',
  'run.fieldConflict':
    "An apply on the server's side meets a conflict with '{{manager}}' until one forces it.",

  'group.stopped':
    "It does not start: the canary of the same request in cluster '{{cluster}}' was not promoted.",
  'group.takenBack':
    "The canary of the same request in cluster '{{cluster}}' is rolled back.",
  'group.stays':
    "The canary of the same request in cluster '{{cluster}}' is rolled back. This one stays as it is: {{why}}.",
  'group.scaledDown':
    'its old version has been scaled down since its promotion',
  'group.busy': 'canary {{holder}} is active on its route',

  'next.approval': 'Waits until somebody approves or rejects it.',
  'next.cluster':
    "Starts when the canary in cluster '{{cluster}}' is promoted.",
  'next.window': 'Starts when its time window begins.',
  'next.start': 'Starts now.',
  'next.restoreAgain': 'Tries again to restore the weights of before.',
  'next.person': 'Waits for a person; the weights stay as they are.',
  'next.restore': 'Restores the weights of before the start.',
  'next.ended': 'It has ended.',
  'next.promoted': 'Is promoted {{when}}.',
  'next.advance': 'Goes to {{weight}}% {{when}}.',
  'next.ifPass': 'if the gates pass',
  'next.oncePass': 'as soon as the gates pass',

  'drift.header': "The header phase's rule has been changed by somebody else.",
  'drift.affinity':
    'What keeps people with the canary has been changed by somebody else: the rule for its cookie, or the Set-Cookie of its answers.',
  'drift.weights':
    "The route's weights are {{found}}, not {{written}}: somebody else has changed them.",
  'drift.found': '{{foundWeights}}',
  'drift.foundWithHeader': '{{foundWeights}} with the header rule',
  'drift.written': '{{writtenWeights}}',
  'drift.writtenWithHeader': '{{writtenWeights}} with the header rule',
  'drift.undefined': '{{version}} is not defined any more.',

  'cleanUp.offered': 'The soak time is over.',
  'cleanUp.noEndpoint': 'The new version has no ready endpoint.',
  'cleanUp.endpointUnknown':
    'The new version has no ready endpoint that is known of.',
  'cleanUp.stillSends': '{{path}} of {{object}} still sends to {{version}}.',
  'cleanUp.noDeployment':
    'No Deployment carries the labels of {{version}} alone.',
  'cleanUp.scaler': '{{object}} may scale it up from 0 again.',
  'cleanUp.done': '{{names}} has no replicas any more.',
  'cleanUp.undone': '{{names}} has its replicas back.',

  'webhook.by': '{{name}}, {{event}}:',
  'webhook.tries': '(after {{tries}} tries)',
  'webhook.told': 'told.',
  'webhook.stillAsked': 'It was asked, and has not answered yet.',
  'webhook.overtaken':
    'It had been called; the canary went another way before it answered.',
  'webhook.before-start': 'before-start',
  'webhook.before-step': 'before-step',
  'webhook.after-promotion': 'after-promotion',
  'webhook.on-roll-back': 'on-roll-back',
  'webhook.go': 'go',
  'webhook.hold': 'hold',
  'webhook.stop': 'stop',
  'webhook.verdict': '{{verdict}}',
  'webhook.verdictBecause': '{{verdict}}. {{text}}',
  'webhook.noVerdict':
    'It answered something that is no verdict: {"verdict": "go", "hold" or "stop", "reason": "..."}.',
  'webhook.tooLarge':
    'It answered with more than {{most}} kB, which is no verdict.',
  'webhook.late': 'It did not answer within {{seconds}} s.',
  'webhook.unreachable': 'It cannot be reached: {{why}}.',
  'webhook.redirects':
    'It answered {{status}}: it redirects elsewhere, which is not followed. Configure the address that it leads to.',
  'webhook.status': 'It answered {{status}}.',
  'webhook.notJson': 'It answered {{type}}, and not JSON.',
  'webhook.noType': 'It answered without a content type, and not JSON.',
  'webhook.garbled': 'It answered JSON that is garbled.',

  'leftOut.returned':
    '{{seconds}} s could not be counted whole: {{series}} series were missing for a while.',
  'leftOut.bornRequests':
    '{{seconds}} s could not be counted whole: {{born}} requests appeared at once in series that were not there before, as when a second Prometheus answers as well.',
  'leftOut.bornEvents':
    '{{seconds}} s could not be counted whole: {{born}} events appeared at once in series that were not there before, as when a second Prometheus answers as well.',
  'leftOut.bornValues':
    '{{seconds}} s could not be counted whole: {{born}} values appeared at once in series that were not there before, as when a second Prometheus answers as well.',
  'leftOut.unequal':
    "{{seconds}} s could not be counted whole: more events of the one kind were counted than events in all. The gate's two queries do not count the same.",
  'leftOut.buckets':
    '{{seconds}} s could not be counted whole: the buckets of its histogram are missing, or do not add up.',

  'run.clusterGone': "The cluster '{{cluster}}' is not configured any more.",
  'run.putBack': 'Put it back under aiMesh.clusters.',

  'edit.noObject':
    "The cluster '{{cluster}}' answered with something that is not an object.",
  'edit.changed': '{{object}} has been changed by somebody else.',
  'edit.gone': "There is no {{object}} on the cluster '{{cluster}}'.",
  'edit.token':
    "The cluster '{{cluster}}' does not accept the portal's token to {{verb}} {{object}}: it may have been revoked or have expired. Give the portal a valid one under aiMesh.clusters ({{reason}}).",
  'edit.forbidden':
    "The portal may not {{verb}} {{object}} on the cluster '{{cluster}}': give its account a Role with the verb '{{verb}}' on the resource '{{resource}}' of the API group '{{group}}' ({{reason}}).",
  'edit.refused':
    "The cluster '{{cluster}}' refused to {{verb}} {{object}}: {{reason}}",
  'edit.failed':
    "The cluster '{{cluster}}' did not {{verb}} {{object}}: {{reason}}.",

  'network.refused': 'nothing listens there ({{code}})',
  'network.noSuchHost': 'its host name is not known to DNS ({{code}})',
  'network.dns': 'DNS did not answer ({{code}})',
  'network.closed': 'it closed the connection ({{code}})',
  'network.noWayToHost': 'there is no way to its host ({{code}})',
  'network.noWayToNetwork': 'there is no way to its network ({{code}})',
  'network.noConnection': 'it did not accept the connection in time ({{code}})',
  'network.late': 'it did not answer in time ({{code}})',
  'network.halfWay': 'its answer stopped half-way ({{code}})',
  'network.expired': 'its certificate has expired ({{code}})',
  'network.otherHost': 'its certificate is for another host name ({{code}})',
  'network.untrusted':
    'its certificate is not signed by an authority that is trusted here; name its file as caFile, or hold it in caData ({{code}})',
  'network.file': 'the file {{file}} cannot be read ({{code}})',
  'network.noCertificates':
    '{{setting}} holds no PEM certificates in base64, or one that cannot be read (base64 -w0 ca.crt)',
  'network.noCertificatesInFile':
    'the file {{file}}, which {{setting}} names, holds no PEM certificates, or one that cannot be read',
  'network.other': '{{text}}',
  'network.otherCode': '{{text}} ({{code}})',

  'gate.inCode': 'The gate decides in code.',
  'gate.stillAsked': 'It was asked, and has not answered yet.',
  'gate.late': 'It did not answer within {{seconds}} s.',
  'gate.failed': 'It failed: {{text}}',
  'gate.noVerdict': 'It answered something that is no verdict.',
  'gate.noValue': 'The gate gave no value.',

  'version.outside':
    '{{host}} is not a Service of the cluster, so its versions cannot be told apart.',
  'version.noSubset':
    'The subset {{subset}} is not defined by a DestinationRule for {{host}}.',
  'version.noLabel':
    "Metrics cannot tell the subset {{subset}} of {{host}} apart: it has no label 'version', and no workload carries its labels.",
  'version.sharedLabels':
    "Metrics cannot tell the subset {{subset}} of {{host}} apart: its pods share their version, their canonical revision and their workload's name with pods of {{host}} outside of it.",
  'version.sharedWorkload':
    'Its pods belong to a workload that runs other versions as well, and their metrics do not tell them apart.',
  'version.indistinct':
    'Requests to the two versions cannot be told apart: {{workload}} carries the labels of both.',
  'version.noWorkload': 'No workload carries its labels.',

  'options.noRoute':
    'Nothing routes {{of}} in a way that can be moved: it needs a VirtualService, an HTTPRoute or a GRPCRoute with one rule without a match, or with rules that have names.',
  'options.unreadable': '{{kind}}s cannot be read.',

  'owners.unseen':
    'Whose Service {{of}} is cannot be seen on the cluster at present.',
  'owners.catalog':
    'The catalog does not say whose Service {{of}} is: {{text}}',
};
