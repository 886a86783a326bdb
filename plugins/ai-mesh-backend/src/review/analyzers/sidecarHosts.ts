import type { ConfigObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { fullHost, serviceHost, serviceOfHost } from '../../routes/hosts';
import { serviceEntryFor } from '../../routes/serviceEntries';
import type { Analyzer } from '../Analyzer';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

/** AIM317: a Sidecar that lets a host through that is none. */
export const sidecarHosts: Analyzer = {
  codes: ['AIM317'],
  needs: ['Sidecar', 'Service', 'ServiceEntry'],
  ofObject: true,
  *analyze({ snapshot, service }) {
    for (const object of snapshot.inNamespace('Sidecar', service.namespace)) {
      const hosts = specOf(object)
        .at('egress')
        .list()
        .flatMap(egress => egress.at('hosts').list());
      for (const field of hosts) {
        const host = field.text();
        if (host !== undefined && !isKnown(snapshot, object, host)) {
          yield {
            key: 'AIM317',
            object,
            path: field.path,
            params: { place: placeOf(object, field.path), host },
          };
        }
      }
    }
  },
};

/** `namespace/name`, either of which may be a wildcard. */
function isKnown(
  snapshot: MeshSnapshot,
  sidecar: ConfigObject,
  written: string,
): boolean {
  const [home, name, ...more] = written.split('/');
  if (name === undefined || more.length > 0 || name === '*' || home === '~') {
    return true;
  }
  const own = sidecar.metadata.namespace ?? '';
  const namespace = home === '.' ? own : home;
  if (name.startsWith('*')) {
    const services =
      namespace === '*'
        ? snapshot.all('Service')
        : snapshot.inNamespace('Service', namespace);
    const hosts = services.map(({ metadata }) =>
      serviceHost(
        { namespace: metadata.namespace ?? '', name: metadata.name },
        snapshot.clusterDomain,
      ),
    );
    return (
      hosts.some(host => host.endsWith(name.slice(1))) ||
      serviceEntryFor(snapshot, name.replace(/^\*/, 'any')) !== undefined
    );
  }
  const host = fullHost(
    name,
    namespace === '*' ? own : namespace,
    snapshot.clusterDomain,
  );
  const service = serviceOfHost(host, snapshot.clusterDomain);
  return service
    ? (namespace === '*' || namespace === service.namespace) &&
        snapshot.get('Service', service.namespace, service.name) !== undefined
    : serviceEntryFor(snapshot, host) !== undefined;
}
