import { podsOfService } from '../../kubernetes/podsOfService';
import type { Analyzer } from '../Analyzer';
import { isAlive } from '../serviceWorkloads';
import { serviceName } from '../subjectRules';

/** AIM804: a port that leads to one that no container of the service's pods declares. */
export const undeclaredPorts: Analyzer = {
  codes: ['AIM804'],
  needs: ['Service', 'Pod'],
  *analyze(subject) {
    const { object, snapshot, service } = subject;
    const pods = podsOfService(snapshot, object).filter(isAlive);
    if (pods.length === 0 || service.namespace === snapshot.rootNamespace) {
      return;
    }
    const declared = pods.flatMap(({ spec }) => spec?.ports ?? []);
    for (const [index, port] of (object.spec?.ports ?? []).entries()) {
      const target = port.targetPort || port.port;
      const isDeclared = declared.some(({ name, containerPort }) =>
        typeof target === 'number' ? containerPort === target : name === target,
      );
      if (!isDeclared) {
        yield {
          key: 'AIM804',
          object,
          path: `spec.ports[${index}]`,
          params: { service: serviceName(subject), port: port.port, target },
        };
      }
    }
  },
};
