import { groupBy } from '../../kubernetes/groupBy';
import type { ConfigObject } from '../../kubernetes/kinds';
import { entryAudience } from '../../routes/hostVisibility';
import { objectName } from '../../routes/objectRef';
import { serviceEntryFor } from '../../routes/serviceEntries';
import { isVisibleTo } from '../../routes/visibility';
import type { Analyzer, Draft } from '../Analyzer';
import type { ReviewSubject } from '../ReviewSubject';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

interface EntryPort {
  readonly entry: ConfigObject;
  readonly path: string;
  readonly number: number;
  readonly protocol: string;
}

/**
 * AIM316: ServiceEntries that the service's namespace sees and that speak for one port of one host, and TCP ports that
 * nothing tells from others.
 */
export const entryConflicts: Analyzer = {
  codes: ['AIM316'],
  needs: ['ServiceEntry'],
  ofObject: true,
  *analyze(subject) {
    const entries = entriesOf(subject);
    const hosts = new Set(entries.flatMap(hostsOf));
    for (const host of hosts) {
      yield* judgeHost(subject, host);
    }
    for (const entry of entries) {
      yield* withoutAddress(entry);
    }
  },
};

/** Those of the namespace, and those of the hosts that its workloads call. */
function entriesOf({
  snapshot,
  service,
  telemetry: { egress },
}: ReviewSubject): ConfigObject[] {
  const called = egress.status === 'known' ? egress.value : [];
  return [
    ...new Set([
      ...snapshot.inNamespace('ServiceEntry', service.namespace),
      ...called.flatMap(({ host }) =>
        host === undefined ? [] : (serviceEntryFor(snapshot, host) ?? []),
      ),
    ]),
  ];
}

function hostsOf(entry: ConfigObject): string[] {
  return specOf(entry)
    .at('hosts')
    .texts()
    .map(host => host.toLowerCase());
}

function portsOf(entry: ConfigObject): EntryPort[] {
  return specOf(entry)
    .at('ports')
    .list()
    .flatMap(port => {
      const number = port.at('number').integer();
      return number === undefined
        ? []
        : [
            {
              entry,
              path: port.path,
              number,
              protocol: (port.at('protocol').text() ?? '').toUpperCase(),
            },
          ];
    });
}

function* judgeHost(
  { snapshot, service }: ReviewSubject,
  host: string,
): Iterable<Draft> {
  const ports = (groupBy(snapshot.all('ServiceEntry'), hostsOf).get(host) ?? [])
    .filter(entry =>
      isVisibleTo(entryAudience(snapshot, entry), service.namespace),
    )
    .flatMap(portsOf);
  for (const number of new Set(ports.map(port => port.number))) {
    const [first, ...others] = ports.filter(port => port.number === number);
    if (others.length > 0) {
      const protocols = new Set(
        [first, ...others].map(({ protocol }) => protocol || 'TCP'),
      );
      yield {
        key: protocols.size > 1 ? 'AIM316.protocol' : 'AIM316.twice',
        object: first.entry,
        path: first.path,
        about: host,
        params: {
          place: placeOf(first.entry, first.path),
          others: [
            ...new Set(
              others.map(({ entry, path }) =>
                entry === first.entry ? path : objectName(entry),
              ),
            ),
          ].join(', '),
          host,
          port: number,
          protocols: [...protocols].sort().join(', '),
        },
        related: [...new Set(others.map(({ entry }) => entry))].filter(
          entry => entry !== first.entry,
        ),
      };
    }
  }
}

/** Newer Istio gives an entry an address by itself, and says which in its status. */
function* withoutAddress(entry: ConfigObject): Iterable<Draft> {
  const { status } = entry as { status?: { addresses?: unknown } };
  if (specOf(entry).at('addresses').present || status?.addresses) {
    return;
  }
  const port = portsOf(entry).find(
    ({ protocol }) => protocol === '' || protocol === 'TCP',
  );
  if (port) {
    yield {
      key: 'AIM316.addresses',
      object: entry,
      path: port.path,
      params: { place: placeOf(entry, ''), port: port.number },
    };
  }
}
