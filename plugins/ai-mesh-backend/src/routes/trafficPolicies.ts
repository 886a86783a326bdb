import {
  said,
  wording,
  type BreakerSettings,
  type RouteNote,
  type TextKey,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import { hasLabels } from '../kubernetes/labels';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { unknownKind } from '../kubernetes/unknownKind';
import { policySettings, subsetSettings } from './breakerSettings';
import {
  destinationRulesFor,
  type DestinationRules,
  type RuleView,
} from './destinationRules';
import { Field } from './Field';
import { objectName, objectRef } from './objectRef';
import { UnreadableNotes } from './UnreadableNotes';

/** What DestinationRules say of one host. */
export interface TrafficPolicies {
  /** Labels by subset, of whatever view defines it: what most callers get comes first. */
  subsets: ReadonlyMap<string, Record<string, string>>;
  /** By subset, all that its name stands for, where callers get different pods by it (`exportTo`, `workloadSelector`). */
  meanings: ReadonlyMap<string, readonly Record<string, string>[]>;
  /** By who gets which; the first one is that of `others`. */
  views: readonly PolicyView[];
  /** Undefined: the DestinationRules cannot be read. */
  breakers: BreakerSettings[] | undefined;
  objects: ConfigObject[];
  notes: RouteNote[];
}

export interface PolicyView extends RuleView {
  /** Labels by subset. */
  readonly subsets: ReadonlyMap<string, Record<string, string>>;
}

/**
 * Merges a host's DestinationRules as Istio does for each group of callers: subsets are added up, the first of a name
 * counts, and so does the first traffic policy. What nobody in a group can see defines nothing for it.
 */
export function trafficPoliciesFor(
  snapshot: MeshSnapshot,
  host: string,
): TrafficPolicies {
  const found = destinationRulesFor(snapshot, host);
  const unreadable = new UnreadableNotes(snapshot);
  const breakers: BreakerSettings[] = [];
  const told = new Set<string>();
  const tell = (settings: BreakerSettings[]) => {
    for (const setting of settings) {
      const { object, subset = '' } = setting;
      const key = `${object.namespace}/${object.name} ${subset}`;
      if (!told.has(key)) {
        told.add(key);
        breakers.push(setting);
      }
    }
  };
  const read = (rules: readonly ConfigObject[]) => {
    const subsets = new Map<string, Record<string, string>>();
    const specs = rules.map(object => ({
      ref: objectRef(snapshot, object),
      spec: new Field(object.spec, 'spec', unreadable.reportOn(object)),
    }));
    const main = specs.find(({ spec }) => spec.at('trafficPolicy').present);
    if (main) {
      tell(policySettings(main.spec.at('trafficPolicy'), main.ref));
    }
    for (const { ref, spec } of specs) {
      for (const subset of spec.at('subsets').list()) {
        const name = subset.at('name').text();
        if (name !== undefined && !subsets.has(name)) {
          subsets.set(name, subset.at('labels').textMap());
          const policy = (main?.spec ?? spec).at('trafficPolicy');
          tell(subsetSettings(subset, policy, ref));
        }
      }
    }
    return subsets;
  };
  const views = found.views.map(view => ({
    ...view,
    subsets: read(view.rules),
  }));
  const ofSelected = found.selective.map(object => read([object]));
  const definitions = [...views.map(({ subsets }) => subsets), ...ofSelected];
  return {
    subsets: new Map(
      [...definitions].reverse().flatMap(subsets => [...subsets]),
    ),
    meanings: meaningsOf(definitions),
    views,
    breakers: unknownKind(snapshot, 'DestinationRule')
      ? breakersWhereNotServed(snapshot, breakers)
      : breakers,
    objects: [
      ...new Set([...views.flatMap(({ rules }) => rules), ...found.selective]),
    ],
    notes: [...selectionNotes(snapshot, found), ...unreadable.notes],
  };
}

function meaningsOf(
  definitions: readonly ReadonlyMap<string, Record<string, string>>[],
): TrafficPolicies['meanings'] {
  const meanings = new Map<string, Record<string, string>[]>();
  for (const [name, labels] of definitions.flatMap(one => [...one])) {
    const known = meanings.get(name) ?? [];
    if (!known.some(one => isSameLabels(one, labels))) {
      meanings.set(name, [...known, labels]);
    }
  }
  return meanings;
}

function isSameLabels(
  a: Record<string, string>,
  b: Record<string, string>,
): boolean {
  return Object.keys(a).length === Object.keys(b).length && hasLabels(a, b);
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
  { views, selective }: DestinationRules,
): RouteNote[] {
  const note = (
    kind: RouteNote['kind'],
    objects: readonly ConfigObject[],
    key: TextKey,
    params: { namespaces?: string; namespace?: string } = {},
  ): RouteNote => ({
    kind,
    ...said(
      wording(key, {
        rules: objects.map(objectName).join(', '),
        ...params,
      }),
    ),
    objects: objects.map(object => objectRef(snapshot, object)),
  });
  return [
    ...views.flatMap(({ callers, rules }) => {
      const isForAll = views.length === 1;
      const rivals = rules.length > 1;
      if (callers === 'others') {
        const key = isForAll ? 'policy.several' : 'policy.severalElsewhere';
        return rivals ? [note('several-destination-rules', rules, key)] : [];
      }
      const where = { namespaces: callers.join(', ') };
      return [
        ...(rivals
          ? [
              note(
                'several-destination-rules',
                rules,
                'policy.severalIn',
                where,
              ),
            ]
          : []),
        note('limited-audience', rules, limitedTo(rules.length), where),
      ];
    }),
    ...selective.map(rule =>
      note('limited-audience', [rule], 'policy.selected', {
        namespace: rule.metadata.namespace ?? '',
      }),
    ),
  ];
}

function limitedTo(rules: number): TextKey {
  if (rules === 0) {
    return 'policy.noneFor';
  }
  return rules === 1 ? 'policy.onlyFor' : 'policy.severalOnlyFor';
}
