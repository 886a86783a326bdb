import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import {
  candidatesFor,
  homeOf,
  rulesOfCaller,
  type RuleCaller,
} from '../routes/destinationRuleLookup';
import { clientTlsRules, type ClientTlsRules } from './ClientTlsRules';

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
    home: homeOf(snapshot, host),
    root: snapshot.rootNamespace,
  }).map(clientTlsRules);
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
