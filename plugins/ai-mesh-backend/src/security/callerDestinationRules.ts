import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import {
  candidatesFor,
  homeOf,
  rulesOfCaller,
  type RuleCaller,
} from '../routes/destinationRuleLookup';
import { namedByEntries } from '../routes/hostVisibility';
import { clientTlsRules, type ClientTlsRules } from './ClientTlsRules';

/** No namespace's name. */
const ANY_OTHER = '*';

/** The callers whose view of the DestinationRules is asked for. */
export type CallerScope = RuleCaller;

/**
 * What the DestinationRules that a caller applies to a host say of TLS; several are merged, the oldest first.
 *
 * @param host - full host name of the called service
 */
export function callerDestinationRules(
  snapshot: MeshSnapshot,
  caller: CallerScope,
  host: string,
): ClientTlsRules[] {
  return rulesOfCaller(candidatesFor(snapshot, host), caller, {
    home: homeOf(snapshot, host, caller.namespace),
    root: snapshot.rootNamespace,
  }).map(clientTlsRules);
}

/**
 * Tells of a namespace one that stands for all whose callers see the same DestinationRules of a host: thousands of callers
 * look at them from a few points of view.
 */
export function pointsOfView(
  snapshot: MeshSnapshot,
  host: string,
): (namespace: string) => string {
  const told = new Set([
    snapshot.rootNamespace,
    ...candidatesFor(snapshot, host).flatMap(({ namespace, exportTo }) => [
      namespace,
      ...exportTo,
    ]),
    ...namedByEntries(snapshot, host),
  ]);
  return namespace => (told.has(namespace) ? namespace : ANY_OTHER);
}

/** The namespaces, besides the root, whose rules name the host: their callers may see something else than others. */
export function namespacesWithRules(
  snapshot: MeshSnapshot,
  host: string,
): string[] {
  const named = candidatesFor(snapshot, host).map(({ namespace }) => namespace);
  return [...new Set(named)].filter(name => name !== snapshot.rootNamespace);
}

/** The rules that name the host, wherever they are and whoever sees them. */
export function rulesNaming(
  snapshot: MeshSnapshot,
  host: string,
): ClientTlsRules[] {
  return candidatesFor(snapshot, host).map(({ object }) =>
    clientTlsRules(object),
  );
}
