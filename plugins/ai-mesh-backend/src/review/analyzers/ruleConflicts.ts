import { said, wording, type Words } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { fullHost, hostSpecificity } from '../../routes/hosts';
import { objectName } from '../../routes/objectRef';
import { audienceOf, type Audience } from '../../routes/visibility';
import type { Analyzer, Draft } from '../Analyzer';
import { ownRule } from '../ownRule';
import type { ReviewSubject } from '../ReviewSubject';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

/** AIM311: DestinationRules that take each other's place, and subsets that are no subsets. */
export const ruleConflicts: Analyzer = {
  codes: ['AIM311'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    yield* conflicts(subject);
    const own = ownRule(subject);
    if (own) {
      yield* lostTls(subject, own);
      yield* withoutLabels(own);
    }
  },
};

/** Of one rule so many are told, with a word where there are more: whoever mends those finds the others then. */
const MOST_RIVALS = 3;
const MORE_RIVALS = {
  from: 'configuration' as const,
  ...said(wording('review.moreRivals', { most: MOST_RIVALS })),
};

/** Of one namespace: whose rule is looked at first depends on the namespaces otherwise, which is no conflict. */
function* conflicts(subject: ReviewSubject): Iterable<Draft> {
  const rules = subject.snapshot
    .inNamespace('DestinationRule', subject.service.namespace)
    .filter(rule => isFor(subject, rule) && !isWideTls(subject, rule))
    .map(object => ({
      object,
      subsets: subsetNames(object),
      audience: audience(object),
    }));
  for (const [index, rule] of rules.entries()) {
    const rivals: { object: ConfigObject; shared: string | Words }[] = [];
    for (let at = 0; at < index && rivals.length <= MOST_RIVALS; at++) {
      const other = rules[at];
      const shared = sharedSubset(rule.subsets, other.subsets);
      if (shared && meet(rule.audience, other.audience)) {
        rivals.push({ object: other.object, shared });
      }
    }
    for (const [count, other] of rivals.slice(0, MOST_RIVALS).entries()) {
      yield {
        key: 'AIM311.conflict',
        object: rule.object,
        path: 'spec.host',
        about: other.object.metadata.name,
        params: {
          place: placeOf(rule.object, ''),
          other: objectName(other.object),
          subset: other.shared,
        },
        related: [other.object],
        ...(count + 1 === MOST_RIVALS &&
          rivals.length > MOST_RIVALS && { evidence: [MORE_RIVALS] }),
      };
    }
  }
}

function hostOf({ snapshot }: ReviewSubject, rule: ConfigObject): string {
  return fullHost(
    specOf(rule).at('host').text() ?? '',
    rule.metadata.namespace ?? '',
    snapshot.clusterDomain,
  );
}

function isFor(subject: ReviewSubject, rule: ConfigObject): boolean {
  return hostSpecificity(hostOf(subject, rule), subject.routes.host) > 0;
}

function tlsMode(rule: ConfigObject): string | undefined {
  return specOf(rule).at('trafficPolicy').at('tls').at('mode').text();
}

/** A rule for many hosts that turns mutual TLS on: that it meets others is its purpose. */
function isWideTls(subject: ReviewSubject, rule: ConfigObject): boolean {
  return (
    hostOf(subject, rule).startsWith('*') && tlsMode(rule) === 'ISTIO_MUTUAL'
  );
}

function audience(rule: ConfigObject): Audience {
  return audienceOf(
    specOf(rule).at('exportTo').texts(),
    rule.metadata.namespace ?? '',
  );
}

function meet(a: Audience, b: Audience): boolean {
  return a === 'everyone' || b === 'everyone'
    ? true
    : [...a].some(namespace => b.has(namespace));
}

/** What both speak for; a rule without subsets speaks for the host as a whole, and so for all of the other's. */
function sharedSubset(
  one: readonly string[],
  other: readonly string[],
): string | Words | undefined {
  return one.length === 0 || other.length === 0
    ? wording('found.wholeHost')
    : one.find(name => other.includes(name));
}

function subsetNames(rule: ConfigObject): string[] {
  return specOf(rule)
    .at('subsets')
    .list()
    .flatMap(subset => subset.at('name').text() ?? []);
}

function* lostTls(subject: ReviewSubject, own: ConfigObject): Iterable<Draft> {
  const { snapshot, service } = subject;
  const policy = specOf(own).at('trafficPolicy');
  const speaks =
    policy.at('tls').present ||
    policy
      .at('portLevelSettings')
      .list()
      .some(setting => setting.at('tls').present);
  if (speaks || hostOf(subject, own).startsWith('*')) {
    return;
  }
  const homes = new Set([service.namespace, snapshot.rootNamespace]);
  const wide = [...homes]
    .flatMap(home => snapshot.inNamespace('DestinationRule', home))
    .find(rule => isFor(subject, rule) && isWideTls(subject, rule));
  if (wide) {
    yield {
      key: 'AIM311.mtls',
      object: own,
      path: 'spec.trafficPolicy',
      params: { place: placeOf(own, ''), other: objectName(wide) },
    };
  }
}

function* withoutLabels(own: ConfigObject): Iterable<Draft> {
  for (const subset of specOf(own).at('subsets').list()) {
    const name = subset.at('name').text();
    if (name && subset.at('labels').entries().length === 0) {
      yield {
        key: 'AIM311.noLabels',
        object: own,
        path: subset.path,
        params: { place: placeOf(own, ''), subset: name },
      };
    }
  }
}
