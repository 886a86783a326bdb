import { hasLabels } from '../../kubernetes/labels';
import { proxyOf } from '../../kubernetes/proxyOf';
import { Field } from '../../routes/Field';
import type { Analyzer } from '../Analyzer';
import { placeOf } from '../subjectRules';

/** AIM409: a Sidecar for workloads in ambient mode, which have none. As Istio's `sidecar.SelectorAnalyzer` has it. */
export const ambientSidecars: Analyzer = {
  codes: ['AIM409'],
  needs: ['Sidecar', 'Namespace', 'Pod'],
  *analyze({ snapshot, service: { namespace } }) {
    const home = snapshot.get('Namespace', '', namespace);
    const ambient = snapshot
      .inNamespace('Pod', namespace)
      .filter(pod => proxyOf([pod], home) === 'ambient');
    for (const object of snapshot.inNamespace('Sidecar', namespace)) {
      const selector = new Field(object.spec, 'spec', () => undefined).at(
        'workloadSelector',
      );
      const wanted = selector.at('labels').textMap();
      const isIdle = selector.present
        ? ambient.some(({ metadata }) => hasLabels(metadata.labels, wanted))
        : home?.metadata.labels?.['istio.io/dataplane-mode'] === 'ambient';
      if (isIdle) {
        const path = selector.present ? selector.path : '';
        yield {
          key: 'AIM409',
          object,
          path,
          params: { place: placeOf(object, path), namespace },
        };
      }
    }
  },
};
