import { accessTextsEn } from './accessEn';
import { applyTextsEn } from './applyEn';
import { factTextsEn } from './factsEn';
import { objectiveTextsEn } from './objectivesEn';
import { figureTextsEn } from './figuresEn';
import { preflightTextsEn } from './preflightEn';
import { reviewTextsEn } from './reviewEn';
import { routeTextsEn } from './routesEn';
import { runTextsEn } from './runsEn';
import { securityTextsEn } from './securityEn';
import { sloTextsEn } from './slosEn';
import { sourceTextsEn } from './sourcesEn';
import { targetTextsEn } from './targetsEn';
import { decisionTextsEn } from './decisionsEn';
import { keptTextsEn } from './keptEn';
import { nameTextsEn } from './namesEn';
import { newsTextsEn } from './newsEn';
import { ownershipTextsEn } from './ownershipEn';
import { placeTextsEn } from './placesEn';
import { requestTextsEn } from './requestsEn';
import { titleTextsEn } from './titlesEn';
import { trafficTextsEn } from './trafficEn';

/** What gates say. */
export const gateTextsEn = {
  /** What somebody else said, word for word. */
  verbatim: '{{text}}',
  'gate.own': '{{gate}}:',
  'gate.further': '{{gate}}:',
  'gate.error-rate': 'Error rate',
  'gate.latency-p99': 'p99 latency',
  'gate.throttled': 'Throttled (429)',
  'gate.tokens-per-request': 'Tokens per request',
  'gate.time-to-first-token': 'Time to first token',
  'gate.ready-endpoints': 'Ready endpoints',

  'noun.requests': 'requests',
  'noun.events': 'events',
  'verb.failed': 'failed',
  'verb.throttled': 'were throttled (429)',
  'verb.slow': 'took longer than {{limit, duration}}',
  'verb.bad': 'were bad',
  'version.canary': 'canary',
  'version.stable': 'stable version',
  'point.one': '1 percentage point',
  'point.many': '{{points}} percentage points',

  'unknown.no-traffic': 'no-traffic',
  'unknown.not-exported': 'not-exported',
  'unknown.no-such-label': 'no-such-label',
  'unknown.source-unreachable': 'source-unreachable',
  'unknown.forbidden': 'forbidden',
  'unknown.not-configured': 'not-configured',
  unknownValue: '{{what}} is unknown ({{reason}}).',
  'what.requests': 'The number of requests',
  'what.events': 'The number of events',
  'what.endpoints': 'The number of ready endpoints',
  'what.canaryRequests': "The number of the canary's requests",
  'what.stableRequests': "The number of the stable's requests",
  'what.value': 'Its value',
  'what.canaryValue': "The canary's value",
  'what.stableValue': "The stable version's value",
  'what.gateOfCanary': '{{of}} of the canary',
  'what.gateOfStable': '{{of}} of the stable version',
  'what.latency-p99': 'p99 latency',
  'what.tokens-per-request': 'Tokens per request',
  'what.time-to-first-token': 'Time to first token',

  'verdict.pass': 'Every gate is within its bound to advance.',
  'verdict.inARow': 'That is {{times}} of {{limit}} times in a row.',
  'hold.for': 'Held for {{minutes}} min:',
  'verdict.young':
    'The weights changed {{seconds}} s ago; four scrapes take {{least}} s.',
  'gate.off': 'Switched off in the plan.',
  'gate.gone':
    "The portal has no gate '{{gate}}' any more: it was renamed or removed (aiMesh.canary.gates) while this canary is to be judged by it. Put it back, or decide by hand.",

  'when.none': '–',
  'when.shareRollBack': "above {{bound}}, and more than the stable version's",
  'when.shareAdvance': "below {{bound}}, or no worse than the stable version's",
  'when.slowRollBack':
    'above {{bound}} slower than {{limit, duration}} and a p99 above {{objective, duration}}',
  'when.slowAdvance':
    "below {{bound}} slower than {{limit, duration}}, or no more than of the stable version's",
  'when.timesRollBack': 'above {{times}} x stable',
  'when.timesRollBackLate':
    'above {{times}} x stable and above {{objective, duration}}',
  'when.timesAdvance': 'up to {{times}} x stable',
  'when.noEndpoint': '0',
  'when.anEndpoint': 'at least 1',
  'when.above': 'above {{bound}}',
  'when.upTo': 'up to {{bound}}',
  'when.below': 'below {{bound}}',
  'when.atLeast': 'at least {{bound}}',
  'when.aboveStable': 'above {{times}} x stable',
  'when.upToStable': 'up to {{times}} x stable',
  'when.belowStable': 'below {{times}} x stable',
  'when.atLeastStable': 'at least {{times}} x stable',
  'when.and': '{{first}} and {{second}}',
  'when.or': '{{first}} or {{second}}',

  'share.found': '{{share}} of {{requests, number}} {{noun}} {{verb}}',
  'share.foundBeside':
    "{{share}} of {{requests, number}} {{noun}} {{verb}}, of the stable version's {{stableRequests, number}} it was {{stableShare}}",
  'share.more':
    'That takes about {{more, number}} more {{noun}} of the canary.',
  'share.noHistogram': 'No histogram tells how long requests took.',
  'share.noBucket':
    'Some of the requests were timed by a histogram without a bucket that ends at {{limit, duration}}: how many of them took longer cannot be told.',
  'events.noBucket':
    '{{metrics}} of the {{version}} has no bucket of the bound that is asked for: how many of the events were good cannot be told.',
  'share.breach': '{{found}}: more than {{bound}}, and not by chance.',
  'share.bothIll':
    '{{found}}. Both are beyond {{bound}}: the service is ill, and not the canary.',
  'share.beyondOnly':
    '{{found}}. That is more than {{bound}}, and it is not known yet whether the stable version does better.',
  'share.illAndWorse':
    'The stable version is beyond {{bound}} at present, and the canary is worse than it over the same time, and not by chance.',
  'share.ill':
    'The stable version is beyond {{bound}} at present: the service is ill, and what the canary does meanwhile is judged beside it alone.',
  'share.drip':
    '{{found}}: worse than the stable version by more than {{margin}}, and not by chance. It is not above {{bound}}, but would not get any further.',
  'share.few':
    'The canary had {{had, number}} {{noun}} of the {{needed, number}} that an advance needs.',
  'share.lostInDoubt':
    "{{found}}, and {{doubted}} more reached no version: at worst they are all the canary's.",
  'share.notBelow':
    '{{found}}: it is not known yet that it is below {{bound}}.',
  'share.beforeHalf':
    '{{found}}: before it gets more than half, it has to be known that it is not worse by more than {{margin}}.',
  'share.pass': '{{found}}.',
  'share.between':
    '{{found}}: not below {{bound}}, and not known to be as good as the stable version.',
  'latency.ratio':
    "Its p99 of {{value, duration}} is {{times}} x the stable version's {{stable, duration}}.",
  'latency.kept':
    'It is not rolled back, since its p99 of {{p99, duration}} keeps the objective of {{objective, duration}}.',
  'latency.p99Unknown': 'It is not rolled back, since its p99 is not known.',

  'ratio.found':
    "{{value, amount}} is {{times}} x the stable version's {{stable, amount}}",
  'ratio.few':
    'The canary had {{had, number}} requests of the {{needed, number}} that a decision needs.',
  'ratio.fewStable':
    'The stable had {{had, number}} requests of the {{needed, number}} that a decision needs.',
  'ratio.stableZero':
    '{{what}} of the stable version is 0: nothing to compare with.',
  'ratio.byChance':
    '{{found}}, more than {{limit}} x. Means of so few requests are so far apart by chance as well: it takes about {{needed, number}} to tell.',
  'ratio.breach': '{{found}}, more than {{limit}} x.',
  'ratio.breachLate':
    '{{found}}, more than {{limit}} x and more than {{objective, duration}}.',
  'ratio.pass': '{{found}}.',
  'ratio.between': '{{found}}: more than {{limit}} x, too little to roll back.',
  'ratio.notReported': '{{whose}} is not reported, although it has requests.',
  'export.neither': 'Neither version exports it.',
  'export.notCanary':
    'The canary does not export it, so there is nothing to compare.',
  'export.notStable':
    'The stable version does not export it, so there is nothing to compare.',
  'export.silent': 'No request of either version reported it.',
  'export.noSeries': 'No such series.',
  'endpoints.none': 'The canary has no ready endpoint.',
  'endpoints.one': '1 endpoint is ready.',
  'endpoints.many': '{{count, number}} endpoints are ready.',

  'number.found': '{{value}}',
  'number.foundBeside': "{{value}}, the stable version's is {{stable}}",
  'number.outOfRange':
    "The {{whose}}'s value of {{value}} is outside of what it can be ({{from}} to {{to}}): the gate's query does not measure it.",
  'number.few':
    "The {{whose}}'s mean stands on {{had, number}} values of the {{needed, number}} that it needs.",
  'number.breach': '{{found}}: beyond its bound to roll back.',
  'number.pass': '{{found}}.',
  'number.between':
    '{{found}}: not good enough to advance, and not bad enough to roll back.',

  'mean.none': 'It has no values at these weights',
  'mean.found': '{{value, amount}}, the mean of {{values, number}} values',
  'mean.foundBeside':
    "{{value, amount}}, the mean of {{values, number}} values, the stable version's {{stable, amount}} of {{stableValues, number}}",
  'mean.breach': '{{found}}: beyond its bound to roll back, and not by chance.',
  'mean.few':
    "The {{whose}}'s mean stands on {{had, number}} values of the {{needed, number}} that an advance needs.",
  'mean.between':
    '{{found}}: not good enough to advance, and not known to be bad enough to roll back.',
  'mean.notWithin':
    '{{found}}: it is not known yet that it is within its bound to roll back.',
  'mean.begins':
    '{{found}}: a test begins with {{least}} values of each version.',
  'mean.pass': '{{found}}.',
};

/**
 * The words of canaries and objectives in English.
 *
 * @public
 */
export const textsEn = {
  ...gateTextsEn,
  ...accessTextsEn,
  ...applyTextsEn,
  ...factTextsEn,
  ...objectiveTextsEn,
  ...figureTextsEn,
  ...preflightTextsEn,
  ...reviewTextsEn,
  ...routeTextsEn,
  ...runTextsEn,
  ...securityTextsEn,
  ...sloTextsEn,
  ...sourceTextsEn,
  ...targetTextsEn,
  ...decisionTextsEn,
  ...keptTextsEn,
  ...nameTextsEn,
  ...newsTextsEn,
  ...ownershipTextsEn,
  ...placeTextsEn,
  ...requestTextsEn,
  ...titleTextsEn,
  ...trafficTextsEn,
};

/** @public */
export type TextKey = keyof typeof textsEn;
