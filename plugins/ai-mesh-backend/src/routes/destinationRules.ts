import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import {
  candidatesFor,
  homeOf,
  isSelective,
  rulesOfCaller,
} from './destinationRuleLookup';
import { namedByEntries } from './hostVisibility';
import { isVisibleTo, type Audience } from './visibility';

/** What the callers of some namespaces get for a host. */
export interface RuleView {
  /** The callers' namespaces; `others`: all that no view names. */
  readonly callers: readonly string[] | 'others';
  /** Merged, the oldest first; empty where they get none. */
  readonly rules: readonly ConfigObject[];
}

export interface DestinationRules {
  /** The first one is that of `others`. No two views have the same rules. */
  readonly views: readonly RuleView[];
  /** Rules for the callers that their workloadSelector names. */
  readonly selective: readonly ConfigObject[];
}

/** Nobody's namespace. */
const ELSEWHERE = '';

/**
 * The DestinationRules of a host, by who gets which: callers in namespaces with rules of their own, or that an
 * `exportTo` names, may get others than the rest.
 */
export function destinationRulesFor(
  snapshot: MeshSnapshot,
  host: string,
): DestinationRules {
  const candidates = candidatesFor(snapshot, host);
  const rulesFor = (namespace: string) =>
    rulesOfCaller(
      candidates,
      { namespace },
      {
        home: homeOf(snapshot, host, namespace),
        root: snapshot.rootNamespace,
      },
    );
  const others = rulesFor(ELSEWHERE);
  const views: { callers: string[]; rules: ConfigObject[] }[] = [];
  for (const namespace of new Set([
    ...namedIn(candidates),
    ...namedByEntries(snapshot, host),
  ])) {
    const rules = rulesFor(namespace);
    if (isSame(rules, others)) {
      continue;
    }
    const known = views.find(view => isSame(view.rules, rules));
    if (known) {
      known.callers.push(namespace);
    } else {
      views.push({ callers: [namespace], rules });
    }
  }
  return {
    views: [{ callers: 'others', rules: others }, ...views],
    selective: candidates.filter(isSelective).map(({ object }) => object),
  };
}

function namedIn(
  candidates: ReturnType<typeof candidatesFor>,
): ReadonlySet<string> {
  return new Set(
    candidates.flatMap(({ namespace, exportTo }) => [
      namespace,
      ...exportTo.filter(entry => !['*', '.', '~'].includes(entry)),
    ]),
  );
}

function isSame(
  a: readonly ConfigObject[],
  b: readonly ConfigObject[],
): boolean {
  return a.length === b.length && a.every((rule, index) => rule === b[index]);
}

/** The views of the callers that something is for. */
export function viewsOf<V extends Pick<RuleView, 'callers'>>(
  views: readonly V[],
  audience: Audience,
): V[] {
  const named = new Set(
    views.flatMap(({ callers }) => (callers === 'others' ? [] : callers)),
  );
  return views.filter(({ callers }) =>
    callers === 'others'
      ? audience === 'everyone' ||
        [...audience].some(namespace => !named.has(namespace))
      : callers.some(namespace => isVisibleTo(audience, namespace)),
  );
}
