/** What is said of mutual TLS, certificates and of fields that cannot be read, in English. */
export const securityTextsEn = {
  setting: '{{path}} of {{object}}',
  theirSetting: '{{theirPath}} of {{theirObject}}',
  'expected.list': 'a list',
  'expected.filledList': 'a list with at least one entry',
  'expected.filledValues': 'a list with at least one value',
  'expected.portList': 'a list of port numbers',
  'expected.text': 'text',
  'expected.number': 'a number of at least 0',
  'expected.count': 'a whole number of at least 0',
  'expected.percentage': 'a number from 0 to 100',
  'expected.portNumber': 'a port number',
  'expected.port': 'a port number from 1 to 65535',
  'expected.flag': 'true or false',
  'expected.duration': 'a duration such as 30s',
  'expected.host': 'a host name of at most 253 characters',
  'expected.object': 'an object',
  'expected.filledObject': 'an object with at least one field',
  'expected.knownKey': 'a known key',
  'expected.there': 'there',
  'expected.oneOf': 'one of {{values}}',
  'expected.knownKinds': 'one of {{values}}, the kinds that AI Mesh knows',
  'expected.fewerKeys':
    'smaller: it has more than {{most}} keys and items, as many as are read (aiMesh.limits.object.keys)',
  'expected.fewerCharacters':
    'smaller: it has more than {{most}} characters, as many as are read (aiMesh.limits.object.characters)',
  'unreadable.isNot': '{{setting}} is not {{expected}}.',
  'unreadable.ignored': '{{setting}} should be {{expected}} and is ignored.',
  'unreadable.notReviewed':
    '{{setting}} should be {{expected}}; what depends on it was not reviewed.',
  'unreadable.more': '{{count}} more places of it cannot be read either.',
  'telemetry.leftOut':
    '{{setting}} is not {{expected}}: whom it is for is not known, and it is left out.',
  'telemetry.several':
    '{{object}} counts, being the oldest; {{others}} at the same level: without effect.',
  'mtls.encrypted': 'Both sides speak mutual TLS.',
  'mtls.asTheServerWants':
    'The caller adapts to the called side, which does not take mutual TLS.',
  'mtls.unread': 'The settings of one side are not known.',
  'mtls.ownCertificates':
    "The caller brings certificates of its own; whether the called side trusts them is not in the mesh's configuration.",
  'mtls.applicationTls':
    "The caller speaks TLS that is not the mesh's: it works only if the application itself terminates it.",
  'mtls.notTaken':
    'The caller insists on mutual TLS, which the called side does not take.',
  'mtls.refused':
    'The called side takes nothing but mutual TLS, which the caller does not speak.',
  'mtls.clear':
    'The caller does not speak mutual TLS, and the called side takes plaintext too.',
  'mtls.bothClear': 'Neither side speaks mutual TLS.',
  'mtls.conflict':
    '{{setting}} says {{client}}, but {{theirs}} says {{server}}.',
  'mtls.conflictWithoutProxy':
    '{{setting}} says {{client}}, but the called side is without a proxy.',
  'mtls.conflictWithMode':
    '{{setting}} says {{client}}, but the called side is {{server}}.',
  'mtls.twoPolicies':
    '{{object}} counts, being the oldest; {{others}} at the same level has no effect.',
  'mtls.severalPolicies':
    '{{object}} counts, being the oldest; {{others}} at the same level have no effect.',
  'mtls.portWithoutSelector':
    'portLevelMtls of {{object}} has no effect: it needs a selector.',
  'mtls.portNotListenedOn':
    'portLevelMtls of {{object}} names port {{port}}, to which no port of the Service leads; its keys are ports of the workload, not of the Service.',
  'mtls.ambientDisable':
    '{{object}} says DISABLE, which ambient mode does not honour: ztunnel goes on taking mutual TLS and plaintext.',
  'mtls.selectorInRoot':
    "{{object}} selects workloads from the mesh's root namespace, where Istio does not look for such policies: it has no effect.",
  'mtls.noWorkload': 'No workload of this cluster stands behind the service.',
  'mtls.workloadsUnknown':
    'It is not known which workloads stand behind the service.',
  'mtls.podsWithoutProxy':
    'Pods of {{names}} have no proxy, so nothing there speaks mutual TLS.',
  'mtls.switchedOff':
    '{{setting}} switches mutual TLS off on port {{port}} of {{workload}}.',
  'mtls.switchedOffByPolicy':
    'A policy switches mutual TLS off on port {{port}} of {{workload}}.',
  'mtls.policiesUnread': 'The PeerAuthentications that decide cannot be read.',
  'mtls.strict': 'Every port takes nothing but mutual TLS.',
  'mtls.ready':
    'No plaintext was seen over the last {{lookBack, span}}: it can be switched to STRICT.',
  'mtls.plaintextCallers.one': 'One caller was seen in plaintext: {{callers}}.',
  'mtls.plaintextCallers.many':
    '{{count}} callers were seen in plaintext: {{callers}}.',
  'mtls.refusedCallers.one':
    'One caller was seen in plaintext over the last {{lookBack, span}}, which every port refuses now: {{callers}}.',
  'mtls.refusedCallers.many':
    '{{count}} callers were seen in plaintext over the last {{lookBack, span}}, which every port refuses now: {{callers}}.',
  'callers.1': '{{name1}} ({{reason1}})',
  'callers.2': '{{name1}} ({{reason1}}), {{name2}} ({{reason2}})',
  'callers.3':
    '{{name1}} ({{reason1}}), {{name2}} ({{reason2}}), {{name3}} ({{reason3}})',
  'callers.more':
    '{{name1}} ({{reason1}}), {{name2}} ({{reason2}}), {{name3}} ({{reason3}}) and {{more}} more',
  'callers.nameless': 'a caller that Istio cannot name',
  'reason.no-proxy': 'no proxy',
  'reason.destination-rule': 'a DestinationRule switches it off',
  'reason.server-disabled': 'the called side takes nothing else',
  'reason.outside-the-mesh': 'outside the mesh',
  'reason.unexplained': 'not explained by the configuration',
  'strict.refusedBySetting':
    '{{setting}} says {{client}} for callers in {{namespace}}.',
  'strict.refusedWithoutProxy':
    '{{workload}} has pods without a proxy: its calls, should it call, would be refused.',
  'strict.podsWithoutProxy':
    'Pods of {{names}} have no proxy that could enforce it: add them to the mesh first.',
  'strict.unobserved': 'It is not known who calls in plaintext.',
  'strict.seenAt': 'Seen in plaintext at {{workload}}.',
  'strict.seenWithoutProxy':
    'Seen in plaintext at {{workload}}; its pods have no proxy.',
  'strict.callsInPlaintext': '{{name}} calls it in plaintext.',
  'strict.namelessCalls': 'A caller without a name calls it in plaintext.',
  'strict.knownTooShort':
    'Prometheus has known the namespace for {{watched, span}} only; nobody looked over the whole {{lookBack, span}}.',
  'plaintext.elsewhere':
    "It calls from the cluster '{{cluster}}', whose objects decide what it sends.",
  'plaintext.gone':
    'The cluster holds no workload {{workload}}: it may have ended, or it calls from outside.',
  'plaintext.noProxy': 'Its pods have no proxy.',
  'plaintext.someWithoutProxy': 'Some of its pods have no proxy.',
  'plaintext.switchedOff': '{{setting}} switches its mutual TLS off.',
  'plaintext.calledSideOff':
    '{{setting}} switches mutual TLS off at the called side.',
  'plaintext.calledSideWithoutProxy': 'The called side has no proxy.',
  'plaintext.unexplained':
    'By the configuration as it is now its calls are encrypted; either that has changed within the look-back, or it calls past its proxy.',
  'plaintext.nameless':
    'Istio could not name it, as it cannot name callers without a proxy.',
  'plaintext.suspects': 'In {{namespace}} these have none: {{names}}.',
  'plaintext.moreSuspects':
    'In {{namespace}} these have none: {{names}} and {{more}} more.',
  'plaintext.noSuspects':
    'No workload of {{namespace}} is without one: it is in another namespace, or outside the mesh.',
  'certificate.unknown': 'Its certificates are not known.',
  'certificate.stuck':
    'The expiry of {{count}} of {{all}} certificates stays where it is, although they should have been renewed by now.',
  'certificate.renewed':
    '{{count}} of {{all}} certificates were renewed within the last day.',
  'certificate.noRenewal':
    'No renewal was seen in the {{watched, span}} that Prometheus has known them, and none was due.',
  'certificate.noRenewalAtMost':
    'No renewal was seen in the {{watched, span}} at most that Prometheus has known them, and none was due.',
};
