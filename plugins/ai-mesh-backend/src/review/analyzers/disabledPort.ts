import { removeValue, stepsOf } from '../../manifest';
import type { Analyzer } from '../Analyzer';
import { placeOf } from '../subjectRules';

/** AIM402: mutual TLS switched off on a single port. */
export const disabledPort: Analyzer = {
  codes: ['AIM402'],
  needs: ['PeerAuthentication'],
  *analyze({ snapshot, security }) {
    const ports = security.mtls.workloads.flatMap(workload => workload.ports);
    for (const { port, mode, level, decidedBy } of ports) {
      const object =
        decidedBy &&
        snapshot.get(
          'PeerAuthentication',
          decidedBy.object.namespace ?? '',
          decidedBy.object.name,
        );
      if (mode !== 'DISABLE' || level !== 'port' || !object) {
        continue;
      }
      yield {
        key: 'AIM402',
        object,
        path: decidedBy.path,
        params: { place: placeOf(object, 'spec.portLevelMtls'), port },
        fix: {
          object,
          operations: removeValue(
            object,
            stepsOf('spec.portLevelMtls', String(port)),
          ),
        },
      };
    }
  },
};
