import type {
  BreakerSettings,
  RouteNote,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import { policySettings, subsetSettings } from './breakerSettings';
import {
  destinationRulesFor,
  isSelective,
  type DestinationRules,
} from './destinationRules';
import { Field } from './Field';
import { objectName, objectRef } from './objectRef';
import { UnreadableNotes } from './UnreadableNotes';

/** What DestinationRules say of one host. */
export interface TrafficPolicies {
  /** Labels by subset. */
  subsets: ReadonlyMap<string, Record<string, string>>;
  /** Undefined: the DestinationRules cannot be read. */
  breakers: BreakerSettings[] | undefined;
  objects: ConfigObject[];
  notes: RouteNote[];
}

/**
 * Merges a host's DestinationRules as Istio does: subsets are added up, the first of a name counts, and so does the
 * first traffic policy.
 */
export function trafficPoliciesFor(
  snapshot: MeshSnapshot,
  host: string,
): TrafficPolicies {
  const found = destinationRulesFor(snapshot, host);
  const unreadable = new UnreadableNotes(snapshot);
  const subsets = new Map<string, Record<string, string>>();
  const breakers: BreakerSettings[] = [];
  let mainPolicy: Field | undefined;
  const read = (object: ConfigObject, policy: Field) => {
    const ref = objectRef(snapshot, object);
    const fields = new Field(object.spec, 'spec', unreadable.reportOn(object))
      .at('subsets')
      .list();
    for (const subset of fields) {
      const name = subset.at('name').text();
      if (name !== undefined && !subsets.has(name)) {
        subsets.set(name, subset.at('labels').textMap());
        breakers.push(...subsetSettings(subset, policy, ref));
      }
    }
  };
  const policyOf = (object: ConfigObject) =>
    new Field(object.spec, 'spec', unreadable.reportOn(object)).at(
      'trafficPolicy',
    );
  for (const object of found.main) {
    const policy = policyOf(object);
    if (!mainPolicy?.present && policy.present) {
      mainPolicy = policy;
      breakers.push(...policySettings(policy, objectRef(snapshot, object)));
    }
  }
  for (const object of found.main) {
    read(object, mainPolicy ?? policyOf(object));
  }
  for (const object of found.others) {
    const policy = policyOf(object);
    breakers.push(...policySettings(policy, objectRef(snapshot, object)));
    read(object, policy);
  }
  return {
    subsets,
    breakers: unknownKind(snapshot, 'DestinationRule')
      ? breakersWhereNotServed(snapshot, breakers)
      : breakers,
    objects: [...found.main, ...found.others],
    notes: [...selectionNotes(snapshot, found), ...unreadable.notes],
  };
}

/** A cluster without Istio's API has no DestinationRules: that is known. */
function breakersWhereNotServed(
  snapshot: MeshSnapshot,
  breakers: BreakerSettings[],
): BreakerSettings[] | undefined {
  return snapshot.state('DestinationRule').status === 'not-served'
    ? breakers
    : undefined;
}

function selectionNotes(
  snapshot: MeshSnapshot,
  { main, audience, others }: DestinationRules,
): RouteNote[] {
  const refs = (objects: ConfigObject[]) =>
    objects.map(object => objectRef(snapshot, object));
  const notes: RouteNote[] = [];
  if (main.length > 1) {
    notes.push({
      kind: 'several-destination-rules',
      message: `${main.map(objectName).join(' and ')} are for the same host. Istio adds up their subsets and takes the oldest one's traffic policy.`,
      objects: refs(main),
    });
  }
  if (main.length > 0 && audience !== 'everyone') {
    notes.push({
      kind: 'limited-audience',
      message: `${objectName(main[0])} applies only to callers in ${[...audience].join(', ')}.`,
      objects: refs(main),
    });
  }
  for (const other of others) {
    notes.push({
      kind: 'limited-audience',
      message: isSelective(other)
        ? `${objectName(other)} applies only to the callers in ${other.metadata.namespace} that its workloadSelector names.`
        : `${objectName(other)} applies only to callers in ${other.metadata.namespace}, which use it instead of any other.`,
      objects: refs([other]),
    });
  }
  return notes;
}
