import type { ConfigObject } from '../../kubernetes/kinds';
import type { Field } from '../../routes/Field';
import { fullHost } from '../../routes/hosts';
import { virtualServiceReach } from '../../routes/virtualServiceReach';
import { objectName } from '../../routes/objectRef';
import type { Analyzer } from '../Analyzer';
import type { ReviewSubject } from '../ReviewSubject';
import { virtualServicesOf } from '../routingObjects';
import { specOf } from '../specOf';
import { placeOf } from '../subjectRules';

/**
 * AIM309: a gateway's route sends to the service as a whole, while another VirtualService splits the service into
 * subsets: a gateway asks only those that are bound to it.
 */
export const unsplitIngress: Analyzer = {
  codes: ['AIM309'],
  needs: ['VirtualService'],
  *analyze(subject) {
    const { routes, snapshot } = subject;
    const objects = virtualServicesOf(subject);
    const splitting = objects.filter(
      object =>
        virtualServiceReach(object, snapshot.clusterDomain).hosts.includes(
          routes.host,
        ) &&
        destinationsIn(subject, object).some(destination =>
          destination.at('subset').text(),
        ),
    );
    for (const object of objects) {
      const gateways = specOf(object).at('gateways').texts();
      const whole = destinationsIn(subject, object).find(
        destination => !destination.at('subset').text(),
      );
      const other = splitting.find(candidate => candidate !== object);
      if (gateways.length > 0 && whole && other) {
        yield {
          key: 'AIM309',
          object,
          path: whole.path,
          params: {
            place: placeOf(object, whole.path),
            host: routes.host,
            gateways: gateways.join(', '),
            other: objectName(other),
          },
        };
      }
    }
  },
};

/** The destinations of an object's http rules that are the service. */
function destinationsIn(
  { routes, snapshot }: ReviewSubject,
  object: ConfigObject,
): Field[] {
  return specOf(object)
    .at('http')
    .list()
    .flatMap(rule => rule.at('route').list())
    .map(route => route.at('destination'))
    .filter(
      destination =>
        fullHost(
          destination.at('host').text() ?? '',
          object.metadata.namespace ?? '',
          snapshot.clusterDomain,
        ) === routes.host,
    );
}
