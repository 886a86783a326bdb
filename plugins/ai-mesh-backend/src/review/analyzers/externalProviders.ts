import { wording } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../../kubernetes/kinds';
import { Field } from '../../routes/Field';
import { serviceEntrySeenBy } from '../../routes/hostVisibility';
import { serviceEntryFor } from '../../routes/serviceEntries';
import { gap, seen, type Analyzer, type Draft, type Fix } from '../Analyzer';
import type { EgressHost, ReviewSubject } from '../ReviewSubject';
import { placeOf, serviceName } from '../subjectRules';

/** Protocols that a proxy sends as they are, readable, unless it is told to wrap them in TLS. */
const CLEAR = new Set(['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB']);
const TLS_PORT = 443;

/** AIM601: a model provider that the mesh does not know, or that is called without TLS. */
export const externalProviders: Analyzer = {
  codes: ['AIM601'],
  needs: ['ServiceEntry', 'DestinationRule'],
  *analyze(subject) {
    const { egress } = subject.telemetry;
    if (egress.status === 'unknown') {
      yield gap('AIM601', egress);
    }
    const called = egress.status === 'known' ? egress.value : [];
    const hosts = new Set([
      ...called.flatMap(({ host }) => host ?? []),
      ...subject.routes.rules
        .flatMap(({ destinations }) => destinations)
        .filter(({ kind }) => kind === 'external')
        .map(({ host }) => host),
    ]);
    const checked = new Set<ConfigObject>();
    for (const host of hosts) {
      const entry = serviceEntrySeenBy(
        subject.snapshot,
        host,
        subject.service.namespace,
      );
      if (entry && !checked.has(entry)) {
        checked.add(entry);
        yield* withoutTls(subject, entry, host);
      }
    }
    yield* unknownHosts(subject, called);
  },
};

function* unknownHosts(
  subject: ReviewSubject,
  called: readonly EgressHost[],
): Iterable<Draft> {
  for (const { host, perSecond } of called) {
    if (host !== undefined && serviceEntryFor(subject.snapshot, host)) {
      continue;
    }
    yield {
      ...(host === undefined
        ? { key: 'AIM601.passthrough' as const }
        : { key: 'AIM601.noEntry' as const, about: host }),
      object: subject.object,
      path: '',
      params: {
        service: serviceName(subject),
        ...(host !== undefined && { host }),
      },
      evidence: [seen(wording('review.egress', { rate: perSecond }))],
      ...(host !== undefined && newEntry(subject, host)),
    };
  }
}

function newEntry(subject: ReviewSubject, host: string): { fix?: Fix } {
  const { namespace } = subject.service;
  const name = host.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return name === '' || subject.snapshot.get('ServiceEntry', namespace, name)
    ? {}
    : {
        fix: {
          create: {
            apiVersion:
              subject.snapshot.state('ServiceEntry').apiVersion ??
              'networking.istio.io/v1',
            kind: 'ServiceEntry',
            metadata: { name, namespace },
            spec: {
              hosts: [host],
              location: 'MESH_EXTERNAL',
              resolution: 'DNS',
              ports: [{ number: TLS_PORT, name: 'tls', protocol: 'TLS' }],
            },
          },
        },
      };
}

function* withoutTls(
  subject: ReviewSubject,
  entry: ConfigObject,
  host: string,
): Iterable<Draft> {
  const spec = new Field(entry.spec, 'spec', () => undefined);
  if (spec.at('location').text() === 'MESH_INTERNAL') {
    return;
  }
  for (const port of spec.at('ports').list()) {
    const number = port.at('number').integer();
    const protocol = port.at('protocol').text()?.toUpperCase() ?? '';
    if (number === undefined || !CLEAR.has(protocol)) {
      continue;
    }
    const { mode } = subject.security.tlsTo(host, number);
    if (mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'UNKNOWN') {
      continue;
    }
    yield {
      key: 'AIM601.noTls',
      object: entry,
      path: port.path,
      params: { host, port: number, place: placeOf(entry, port.path) },
      ...originated(subject, host, port.at('targetPort').integer() ?? number),
    };
  }
}

/** TLS from the proxy on, where the port that it calls is one for TLS. */
function originated(
  { snapshot, service }: ReviewSubject,
  host: string,
  targetPort: number,
): { fix?: Fix } {
  const name = host.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return targetPort !== TLS_PORT ||
    host.includes('*') ||
    snapshot.get('DestinationRule', service.namespace, name)
    ? {}
    : {
        fix: {
          create: {
            apiVersion:
              snapshot.state('DestinationRule').apiVersion ??
              'networking.istio.io/v1',
            kind: 'DestinationRule',
            metadata: { name, namespace: service.namespace },
            spec: {
              host,
              trafficPolicy: {
                tls: { mode: 'SIMPLE', sni: host, caCertificates: 'system' },
              },
            },
          },
        },
      };
}
