import type { ConfigObject } from '../../kubernetes/kinds';
import type { Field } from '../../routes/Field';
import type { Analyzer } from '../Analyzer';
import type { ReviewSubject } from '../ReviewSubject';
import { virtualServicesOf } from '../routingObjects';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

const EVERYWHERE = ['.', '*', '~'];

/** AIM314: an object that is exported to a namespace that does not exist. */
export const unknownExports: Analyzer = {
  codes: ['AIM314'],
  needs: ['Namespace', 'VirtualService', 'DestinationRule', 'ServiceEntry'],
  ofObject: true,
  *analyze(subject) {
    for (const object of exported(subject)) {
      for (const entry of specOf(object).at('exportTo').list()) {
        const namespace = entry.text() ?? '*';
        if (
          !EVERYWHERE.includes(namespace) &&
          !subject.snapshot.get('Namespace', '', namespace)
        ) {
          yield {
            key: 'AIM314',
            object,
            path: entry.path,
            params: { place: placeOf(object, ''), namespace },
          };
        }
      }
    }
  },
};

function exported(subject: ReviewSubject): ConfigObject[] {
  const { routes, snapshot, service } = subject;
  return [
    ...new Set([
      ...virtualServicesOf(subject),
      ...routes.objects.filter(({ kind }) => kind === 'DestinationRule'),
      ...(['DestinationRule', 'ServiceEntry'] as const).flatMap(kind =>
        snapshot
          .inNamespace(kind, service.namespace)
          .filter(object => !namesOther(subject, specOf(object).at('host'))),
      ),
    ]),
  ];
}

/** A DestinationRule for another service of the namespace is that one's. */
function namesOther({ service, snapshot }: ReviewSubject, host: Field) {
  const name = host.text()?.split('.')[0];
  return (
    name !== undefined &&
    name !== service.name &&
    snapshot.get('Service', service.namespace, name) !== undefined
  );
}
