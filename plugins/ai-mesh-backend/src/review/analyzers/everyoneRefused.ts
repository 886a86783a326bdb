import type {
  CallerMtls,
  PortMtls,
  WorkloadMtls,
} from '@ai-mesh/plugin-ai-mesh-common';
import type { Analyzer } from '../Analyzer';
import { placeOf, serviceName } from '../subjectRules';
import { callerNames } from './notStrict';

/** AIM410: STRICT where none of the callers that were seen speaks mutual TLS. */
export const everyoneRefused: Analyzer = {
  codes: ['AIM410'],
  needs: ['PeerAuthentication', 'DestinationRule'],
  *analyze(subject) {
    const { workloads, callers } = subject.security.mtls;
    const told = new Set<string>();
    for (const { workload, ports } of workloads) {
      for (const port of ports) {
        const at = port.decidedBy;
        const key = JSON.stringify(at);
        if (at && !told.has(key) && refusesAll({ workload, port }, callers)) {
          told.add(key);
          const object = subject.snapshot.get(
            'PeerAuthentication',
            at.object.namespace ?? '',
            at.object.name,
          );
          if (object) {
            yield {
              key: 'AIM410',
              object,
              path: at.path,
              params: {
                place: placeOf(object, at.path),
                service: serviceName(subject),
                callers: callerNames(callers.map(({ caller }) => caller)),
              },
            };
          }
        }
      }
    }
  },
};

function refusesAll(
  called: { workload: WorkloadMtls['workload']; port: PortMtls },
  callers: readonly CallerMtls[],
): boolean {
  const leadsThere = ({ workload, port }: CallerMtls['pairs'][number]) =>
    workload.name === called.workload.name &&
    called.port.servicePorts.some(other => other.port === port);
  return (
    called.port.mode === 'STRICT' &&
    callers.length > 0 &&
    callers.every(({ pairs }) => {
      const there = pairs.filter(leadsThere);
      return (
        there.length > 0 && there.every(({ outcome }) => outcome === 'refused')
      );
    }) &&
    // Where DestinationRules alone are to blame, AIM403 names them.
    callers.some(({ pairs }) =>
      pairs.filter(leadsThere).some(({ client }) => !client.decidedBy),
    )
  );
}
