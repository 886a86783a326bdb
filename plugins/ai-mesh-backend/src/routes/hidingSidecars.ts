import { said, wording, type RouteNote } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import { candidatesFor, homeOf } from './destinationRuleLookup';
import { Field } from './Field';
import { fullHost, hostSpecificity } from './hosts';
import { byAge, objectName, objectRef } from './objectRef';
import { virtualServicesAbout } from './virtualServiceReach';
import { addTo } from '../kubernetes/addTo';

/** Nobody's namespace: what the mesh-wide Sidecar means for all that have none of their own. */
const ELSEWHERE = '';

/**
 * The Sidecars whose egress keeps a host from callers in namespaces that have to do with it: its own, those whose
 * VirtualServices or DestinationRules name it, and, for the mesh-wide one, all others. What such callers send goes past
 * every rule.
 */
export function hidingSidecars(
  snapshot: MeshSnapshot,
  host: string,
): RouteNote[] {
  if (snapshot.all('Sidecar').length === 0) {
    return [];
  }
  const home = homeOf(snapshot, host, ELSEWHERE) ?? '';
  const concerned = new Set([
    home,
    ...candidatesFor(snapshot, host).map(({ namespace }) => namespace),
    ...virtualServicesAbout(snapshot, host).map(
      ({ metadata }) => metadata.namespace ?? '',
    ),
    ELSEWHERE,
  ]);
  const hiding = new Map<ConfigObject, string[]>();
  for (const namespace of concerned) {
    for (const sidecar of sidecarsOf(snapshot, namespace)) {
      if (!imports(snapshot, sidecar, { host, home, namespace })) {
        addTo(hiding, sidecar, namespace);
      }
    }
  }
  return [...hiding].map(([sidecar, namespaces]) => ({
    kind: 'hidden-by-sidecar',
    ...said(
      wording(
        'route.hidden',
        {
          sidecar: objectName(sidecar),
          host,
          namespace: sidecar.metadata.namespace ?? '',
          namespaces: namespaces.filter(one => one !== ELSEWHERE).join(', '),
        },
        { whom: whom(sidecar, namespaces) },
      ),
    ),
    path: 'spec.egress',
    objects: [objectRef(snapshot, sidecar)],
  }));
}

/** Those for selected workloads, and the one for all others: the namespace's oldest, else the root namespace's. */
function sidecarsOf(snapshot: MeshSnapshot, namespace: string): ConfigObject[] {
  const own = [...snapshot.inNamespace('Sidecar', namespace)].sort(byAge);
  const wide =
    own.find(sidecar => !hasSelector(sidecar)) ??
    [...snapshot.inNamespace('Sidecar', snapshot.rootNamespace)]
      .sort(byAge)
      .find(sidecar => !hasSelector(sidecar));
  return [...own.filter(hasSelector), ...(wide ? [wide] : [])];
}

function hasSelector({ spec }: ConfigObject): boolean {
  return new Field(spec, 'spec', () => undefined).at('workloadSelector')
    .present;
}

/** Without egress a Sidecar imports everything; `~` before an entry takes away again what others import. */
function imports(
  snapshot: MeshSnapshot,
  sidecar: ConfigObject,
  { host, home, namespace }: { host: string; home: string; namespace: string },
): boolean {
  let readable = true;
  const egress = new Field(sidecar.spec, 'spec', () => {
    readable = false;
  })
    .at('egress')
    .list();
  const entries = egress.flatMap(listener => listener.at('hosts').texts());
  const names = (entry: string) => {
    const [place = '', name = ''] = entry.split(/\/(.*)/s);
    return (
      (place === '*' ||
        place === home ||
        (place === '.' && namespace === home)) &&
      hostSpecificity(
        name === '*' ? '*' : fullHost(name, home, snapshot.clusterDomain),
        host,
      ) > 0
    );
  };
  const taken = entries
    .filter(entry => /^~./.test(entry) && !entry.startsWith('~/'))
    .some(entry => names(entry.slice(1)));
  return !readable || egress.length === 0 || (entries.some(names) && !taken);
}

function whom(sidecar: ConfigObject, namespaces: readonly string[]) {
  if (hasSelector(sidecar)) {
    return 'route.whomSelected';
  }
  if (!namespaces.includes(ELSEWHERE)) {
    return 'route.whomIn';
  }
  return namespaces.length > 1
    ? 'route.whomInAndElsewhere'
    : 'route.whomElsewhere';
}
