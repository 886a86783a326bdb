import type { ConfigObject } from '../kubernetes/kinds';
import { specOf } from './specOf';

/**
 * The hosts that an Istio Gateway serves VirtualServices of a namespace for: `ns/host` is for one namespace, `.` is the
 * Gateway's own, `*` every one.
 *
 * @see Istio's pkg/config/analysis/analyzers/virtualservice/gateways.go
 */
export function gatewayHosts(
  gateway: ConfigObject,
  namespace: string,
): string[] {
  return specOf(gateway)
    .at('servers')
    .list()
    .flatMap(server => server.at('hosts').texts())
    .flatMap(written => {
      const slash = written.indexOf('/');
      if (slash < 0) {
        return [written];
      }
      const home = written.slice(0, slash);
      const isFor =
        home === '*' ||
        (home === '.' ? gateway.metadata.namespace : home) === namespace;
      return isFor ? [written.slice(slash + 1)] : [];
    });
}

/** The hosts of a Gateway of the Gateway API; a listener without one serves all. */
export function listenerHosts(gateway: ConfigObject): string[] {
  return specOf(gateway)
    .at('listeners')
    .list()
    .map(listener => listener.at('hostname').text() || '*');
}

/** Whether two host names, either of which may be a wildcard, have a host in common. */
export function hostsMeet(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  const [wildA, wildB] = [a.startsWith('*'), b.startsWith('*')];
  if (wildA && wildB) {
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    return long.slice(1).endsWith(short.slice(1));
  }
  if (wildA) {
    return b.endsWith(a.slice(1));
  }
  return wildB ? a.endsWith(b.slice(1)) : a === b;
}
