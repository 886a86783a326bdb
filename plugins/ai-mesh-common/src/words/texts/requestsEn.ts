/** Why a request of the API is refused, in English. */
export const requestTextsEn = {
  'request.given': "The parameter '{{name}}' is '{{value}}': {{allowed}}.",
  'request.givenObject': "The parameter '{{name}}' is an object: {{allowed}}.",
  'request.missing': "The parameter '{{name}}' is missing: {{allowed}}.",
  'request.repeated':
    "The parameter '{{name}}' was given {{times}} times: give it once.",
  'allowed.oneOf': 'it must be one of {{values}}',
  'allowed.atLeast': 'it must be at least {{bound}}',
  'allowed.atLeastCharacters': 'it must be at least {{bound}} characters',
  'allowed.atMost': 'it must be at most {{bound}}',
  'allowed.atMostCharacters': 'it must be at most {{bound}} characters',
  'allowed.whole': 'it must be a whole number',
  'allowed.type': 'it must be a {{type}}',
  'request.future':
    "The parameter 'at' is {{at}}, which has not been yet: it is {{now}}.",
  'request.cursor':
    "The parameter 'cursor' is not one that a list gave: take the 'next' of the page before.",
  'request.modelCursor':
    "The parameter 'cursor' is not one that a list gave, or its model is not in use any more: begin with the first page.",
  'request.path':
    'The {{part}} in the path is not one that an entity can have. A path is /v1/entities/component/default/my-service/overview.',
  'request.entityRef':
    'entityRef: An entity reference is written like component:default/my-service.',
  'request.noRoute':
    'AI Mesh has no {{method}} {{path}}. /v1/openapi.json lists what there is.',
  'request.contentType':
    'The body has to be JSON: send the header Content-Type: application/json.',
  'request.notJson': 'The body is not JSON.',
  'request.field': '{{path}}: {{problem}}.',
  'request.whole': '{{problem}}.',
  'request.moreFields': 'And {{more}} more.',

  'problem.type': 'Invalid input: expected {{expected}}, received {{received}}',
  'problem.option': 'Invalid option: expected one of {{values}}',
  'problem.value': 'Invalid input: expected {{values}}',
  'problem.discriminator': 'Invalid discriminator value. Expected {{values}}',
  'problem.bigNumber': 'Too big: expected {{origin}} to be {{bound}}',
  'problem.smallNumber': 'Too small: expected {{origin}} to be {{bound}}',
  'problem.bigText': 'Too big: expected {{origin}} to have {{bound}} {{unit}}',
  'problem.smallText':
    'Too small: expected {{origin}} to have {{bound}} {{unit}}',
  'problem.key': 'Unrecognized key: {{keys}}',
  'problem.keys': 'Unrecognized keys: {{keys}}',

  'rule.moment':
    'it must be a time with its zone, such as 2026-11-27T14:05:00Z (in an address, a + is written %2B)',
  'rule.method': 'it must be an HTTP method such as POST',
  'rule.slash': 'it must begin with a slash',
  'rule.address': 'it must be an IPv4 or IPv6 address',
  'rule.namespaceToo': 'callerWorkload needs it',
  'rule.workloadToo': 'callerNamespace needs it',
  'rule.canaryId': 'A canary is named by its id',
  'rule.oneFix': 'Give one of findings, strict, rules and canary',
  'rule.onePrincipal': 'give either it or callerNamespace and callerWorkload',
  'rule.notAboveRollBack': 'Must not be above rollBackAbove',
  'rule.notAboveRollBackTimes': 'Must not be above rollBackAboveTimesStable',
  'rule.clusterOnce': 'Name each cluster once',
  'rule.otherVersion': 'The canary must be another version than the stable one',
  'rule.firstCluster': "The first cluster is the service's own",
  'rule.key': 'An idempotency key is printable ASCII',
  'rule.headerValue': 'A header value is printable ASCII',
  'rule.headerName': 'Not a name of an HTTP header',
  'rule.oneMatch': 'Give one of value, values, prefix and regex',
  'rule.windowEnds': 'The window ends before it begins',
  'rule.stepsAscend': 'Every step must be above the one before it',
  'rule.notAboveTarget': 'Must not be above the target weight',
  'rule.firstStep': 'The approval is what confirms the first step',
  'rule.checkTooLong': 'Must not be longer than the interval',
  'rule.holdTooShort': 'Must not be shorter than the interval',

  'rule.cookieAge': "A cookie's age is between {{least}} and {{most}} seconds",
  'rule.interval': 'The interval is between {{least}} and {{most}} seconds',
  'rule.check': 'The breach check is between {{least}} and {{most}} seconds',
  'rule.hold': 'The longest hold is between {{least}} and {{most}} seconds',
  'rule.soak': 'The soak time is between {{least}} and {{most}} seconds',
  'rule.reversible':
    'The time to undo a clean-up is between {{least}} and {{most}} seconds',
  'rule.headerValuesMany': 'A header phase names at most 16 values',
  'rule.weightWhole': 'A weight is a whole number of percent',
  'rule.weightBounds': 'A weight is between 1 and 100%',
  'rule.headerValueEmpty': 'A header value must not be empty',
  'rule.headerValueLong': 'A header value has at most 1024 characters',
  'rule.aValue': 'Name at least one value',
  'rule.cookieName':
    "A cookie's name has 1 to 128 letters, digits and signs of !#$&'*+-.^_`|~ (a token of RFC 6265): ai-mesh-canary",
  'rule.cookieSecure':
    'Browsers take a cookie whose name begins with __Host- or __Secure- only where it is secure',
  'rule.aStep': 'Name at least one step',
  'rule.confidence': 'A confidence is a ratio: 0.99 is 99%',
  'rule.confidenceLow': 'A confidence is at least 0.8',
  'rule.confidenceHigh': 'A confidence is at most 0.9999',
  'rule.requestsWhole': 'A number of requests is whole',
  'rule.requestsFew': 'A decision needs at least 1 request',
  'rule.requestsMany': 'A decision needs at most 1,000,000 requests',
  'rule.failuresWhole': 'The failure limit is a whole number',
  'rule.failuresFew': 'The failure limit is at least 1',
  'rule.failuresMany': 'The failure limit is at most 100',
  'rule.ratio': 'A bound is a ratio between 0 and 1: 0.05 is 5%',
  'rule.multiple': "A bound is a multiple of the stable version's value: 1.5",
  'rule.multipleLow': "A multiple of the stable version's value is at least 1",
  'rule.multipleHigh':
    "A multiple of the stable version's value is at most 100",
  'rule.margin':
    'A margin is a difference of ratios: 0.01 is one percentage point',
  'rule.marginLow':
    'A margin is at least 0.001 (a tenth of a percentage point)',
  'rule.marginHigh': 'A margin is at most 0.5',
  'rule.objectiveLow': 'A latency objective is longer than 0 ms',
  'rule.objectiveHigh': 'A latency objective is at most an hour',
  'rule.version': "Name the canary's version that the action was decided on",
  'rule.clusterEmpty': "A cluster's name must not be empty",
  'rule.clusterLong': "A cluster's name has at most 253 characters",
  'rule.twoClusters': 'Name at least two clusters; for one leave this out',
  'rule.poolAlone':
    'A pool is a version by itself: leave out host, subset and port',
  'rule.keyLong': 'An idempotency key has at most 200 characters',

  'rule.headersFew': 'A header phase names at least one header',
  'rule.headersMany': 'A header phase names at most 16 headers',
  'rule.reason': 'Say why, in a few words',
  'rule.reasonSigns':
    'A reason holds no control characters but line breaks and tabs',
  'rule.gateName':
    'A gate is named by small letters, digits and dashes, a letter first: thumbs-down',

  'request.noRules': 'No rules can be made for {{entity}}:',
  'request.noneMeasured':
    'none of its objectives can be measured by the series that exist. Look at its SLOs, which say what each lacks.',
  'request.otherCluster':
    "The parameter 'cluster' must be one of {{clusters}}: the entity is on no other.",
  'request.nowhere':
    'Nothing of {{entity}} was found on any cluster. Check its annotation.',
  'request.largeRules':
    'The rules of {{entity}} would be larger than {{megabytes}} MB, which no cluster takes as one object: split its file of objectives over several entities.',
  'request.noService':
    "{{entity}} has no Service {{service}} on a cluster '{{cluster}}'; it has {{services}}.",
  'request.noServices': 'none at all',
  'request.noEntity':
    "The catalog has no entity {{entity}} that you may see. Check how it is written; if that is right, ask the people who look after the portal's permission policy.",
  'request.denied':
    "You may not {{deed}}: that needs the permission {{permission}} on it. Ask the people who look after the portal's permission policy.",
  'deed.see': 'see the mesh of {{of}}',
  'deed.ask': 'ask for canaries of {{of}}',
  'deed.act': "'{{action}}' canaries of {{of}}",
  'deed.follow': 'say that a pull request was opened for {{of}}',
  'deed.apply': 'have fixes applied of {{of}}',
  'deed.decide': 'decide about fixes of {{of}}',
  'denied.entity': '{{entity}}',
  'denied.owner': 'the entity that provably owns Service {{service}}',
  'request.hiddenFile':
    'This file has to name a service that you may not see, so it is not given to you. Ask somebody who may see its mesh.',
  'request.limit':
    'You have asked more than {{limit}} (aiMesh.limits). Ask again in {{seconds}} s.',
  'limit.open': '{{count}} requests at a time',
  'limit.perMinute': '{{count}} requests in a minute',
  'request.settings':
    "The settings of AI Mesh cannot be used. The backend's log says why, and so does the tab of each entity whose mesh you may see.",

  'database.full': "The portal's database has no space left on its disk.",
  'database.locked':
    "The portal's database is locked by somebody else at present.",
  'database.readOnly': "The portal's database may only be read, not written.",
  'database.damaged': "The portal's database is damaged, or is no database.",
  'database.connections': "The portal's database takes no more connections.",
  'database.silent': "The portal's database does not answer at present.",
  'database.refused': "The portal's database refused with {{code}}.",
  'database.weightsStay': 'Nothing was changed; weights stay as they are.',
  'database.followedLater': 'Pull requests are followed again when it is back.',
  'database.factsStay':
    'Facts are kept as they are; it is tried again all the time.',
  'database.noCanaries':
    "The portal's database cannot be used at present, so there are no canaries to see. Weights stay as they are; it is tried again all the time.",
  'database.noFacts':
    "The portal's database cannot be used at present, so there are no facts to see; it is tried again all the time.",
  'database.noFixes':
    "The portal's database cannot be used at present, so no fix is applied; nothing was changed.",
  'database.noPullRequests':
    "The portal's database cannot be used at present, so pull requests are not followed; it is tried again all the time.",

  'cut.begins': 'There is too much of it for one answer: it holds',
  'cut.list': '{{shown}} of {{of}} of {{place}}{{end}}',
  'cut.lists': 'parts of {{count}} more lists{{end}}',
  'cut.texts': 'the beginnings of {{count}} long texts{{end}}',
  'cut.wholes': 'nothing of {{count}} large objects and fixes{{end}}',
  'end.more': ',',
  'end.last': '.',
};
