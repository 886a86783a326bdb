import type { ConfigObject } from '../../kubernetes/kinds';
import { hasLabels, withLabels } from '../../kubernetes/labels';
import type { MeshSnapshot } from '../../kubernetes/MeshSnapshot';
import { MESH } from '../../routes/reachability';
import type { Analyzer } from '../Analyzer';
import { gatewayName } from '../gatewayName';
import { virtualServicesOf } from '../routingObjects';
import { selectorOf } from '../selectorOf';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

/** What Istio calls a claim of a checked token among the headers. */
const CLAIM = '@request.auth.claims';

/** AIM310: routing by a token's claim at a gateway where nothing checks tokens. */
export const claimRoutes: Analyzer = {
  codes: ['AIM310'],
  needs: ['VirtualService', 'Gateway', 'RequestAuthentication', 'Pod'],
  ofObject: true,
  *analyze(subject) {
    const { snapshot } = subject;
    for (const object of virtualServicesOf(subject)) {
      const claim = claimIn(object);
      for (const field of claim ? specOf(object).at('gateways').list() : []) {
        const written = field.text() ?? MESH;
        const { namespace, name } = gatewayName(
          written,
          object.metadata.namespace ?? '',
        );
        const gateway = snapshot.get('Gateway', namespace, name);
        const pods = gateway ? unchecked(snapshot, gateway) : [];
        if (written !== MESH && pods.length > 0) {
          yield {
            key: 'AIM310',
            object,
            path: field.path,
            params: {
              place: placeOf(object, ''),
              claim: claim!,
              gateway: written,
              pods: pods.join(', '),
            },
          };
        }
      }
    }
  },
};

function claimIn(object: ConfigObject): string | undefined {
  return specOf(object)
    .at('http')
    .list()
    .flatMap(rule => rule.at('match').list())
    .flatMap(match => [
      ...match.at('headers').entries(),
      ...match.at('withoutHeaders').entries(),
    ])
    .map(([name]) => name)
    .find(name => name.startsWith(CLAIM));
}

/** The gateway's pods that no RequestAuthentication is for. */
function unchecked(snapshot: MeshSnapshot, gateway: ConfigObject): string[] {
  const selector = specOf(gateway).at('selector').textMap();
  return withLabels(snapshot.all('Pod'), selector)
    .filter(({ metadata }) => {
      const homes = new Set([snapshot.rootNamespace, metadata.namespace ?? '']);
      return ![...homes]
        .flatMap(home => snapshot.inNamespace('RequestAuthentication', home))
        .some(policy => hasLabels(metadata.labels, selectorOf(policy) ?? {}));
    })
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
}
