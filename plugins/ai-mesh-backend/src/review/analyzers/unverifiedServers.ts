import type { ConfigObject } from '../../kubernetes/kinds';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { setValue, stepsOf } from '../../manifest';
import {
  candidatesFor,
  homeOf,
  rulesOfCaller,
} from '../../routes/destinationRuleLookup';
import { Field } from '../../routes/Field';
import { fullHost } from '../../routes/hosts';
import { hostVisibility } from '../../routes/hostVisibility';
import type { Analyzer, Draft } from '../Analyzer';
import type { ReviewSubject } from '../ReviewSubject';
import { placeOf } from '../subjectRules';

/**
 * AIM411: TLS to a server whose certificate nothing is there to check by. As Istio's
 * `destinationrule.CaCertificateAnalyzer` has it; `credentialName` counts beside a workloadSelector alone.
 */
export const unverifiedServers: Analyzer = {
  codes: ['AIM411'],
  needs: ['DestinationRule'],
  *analyze(subject) {
    for (const object of rulesOf(subject)) {
      const spec = new Field(object.spec, 'spec', () => undefined);
      const policy = spec.at('trafficPolicy');
      yield* judge(object, spec, policy.at('tls'), 'AIM411.rule');
      for (const port of policy.at('portLevelSettings').list()) {
        yield* judge(object, spec, port.at('tls'), 'AIM411.port');
      }
    }
  },
};

/**
 * Those of the service, those that its workloads apply to hosts outside the cluster which they call, and those of its
 * namespace for hosts that nothing else is known of, so that nobody can say who calls them.
 */
function rulesOf({
  routes,
  snapshot,
  service: { namespace },
  telemetry: { egress },
}: ReviewSubject): ConfigObject[] {
  const hosts = [
    ...(egress.status === 'known' ? egress.value : []).flatMap(
      ({ host }) => host ?? [],
    ),
    ...routes.rules
      .flatMap(({ destinations }) => destinations)
      .filter(({ kind }) => kind === 'external')
      .map(({ host }) => host),
  ];
  return [
    ...new Set([
      ...routes.objects.filter(({ kind }) => kind === 'DestinationRule'),
      ...hosts.flatMap(host =>
        rulesOfCaller(
          candidatesFor(snapshot, host),
          { namespace },
          {
            home: homeOf(snapshot, host, namespace),
            root: snapshot.rootNamespace,
          },
        ),
      ),
      ...snapshot
        .inNamespace('DestinationRule', namespace)
        .filter(rule => !isKnown(snapshot, namespace, rule)),
    ]),
  ];
}

function isKnown(
  snapshot: MeshSnapshot,
  namespace: string,
  { spec }: ConfigObject,
): boolean {
  const written = new Field(spec, 'spec', () => undefined).at('host').text();
  const host = fullHost(written ?? '', namespace, snapshot.clusterDomain);
  return host === '' || hostVisibility(snapshot, host) !== undefined;
}

function* judge(
  object: ConfigObject,
  spec: Field,
  tls: Field,
  key: 'AIM411.rule' | 'AIM411.port',
): Iterable<Draft> {
  const mode = tls.at('mode').value;
  const checked =
    tls.at('caCertificates').present ||
    (tls.at('credentialName').present && spec.at('workloadSelector').present);
  if ((mode !== 'SIMPLE' && mode !== 'MUTUAL') || checked) {
    return;
  }
  yield {
    key,
    object,
    path: tls.path,
    params: {
      place: placeOf(object, tls.path),
      mode,
      host: spec.at('host').text() ?? '',
    },
    // Of MUTUAL nobody knows here who signs the other side's certificates.
    ...(mode === 'SIMPLE' && {
      fix: {
        object,
        operations: setValue(
          object,
          stepsOf(`${tls.path}.caCertificates`),
          'system',
        ),
      },
    }),
  };
}
