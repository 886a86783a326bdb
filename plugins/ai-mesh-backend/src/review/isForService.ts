import type { ConfigObject } from '../kubernetes/kinds';
import { hasLabels, withLabels } from '../kubernetes/labels';
import type { ReviewSubject } from './ReviewSubject';
import { selectorOf } from './selectorOf';
import { specOf } from './specOf';

/**
 * Whether a policy or setting is the service's to know of: it is for one of its pods, for the service itself, for all,
 * or for nobody, which is everybody's to see. What is for another service alone is that one's.
 */
export function isForService(
  { snapshot, object: called, service }: ReviewSubject,
  object: ConfigObject,
): boolean {
  const services = serviceRefs(object);
  if (services.length > 0) {
    return services.includes(service.name);
  }
  const selector = selectorOf(object);
  if (!selector) {
    return true;
  }
  const pods = withLabels(
    object.metadata.namespace === snapshot.rootNamespace
      ? snapshot.all('Pod')
      : snapshot.inNamespace('Pod', service.namespace),
    selector,
  );
  const own = called.spec?.selector ?? {};
  return (
    pods.length === 0 ||
    (Object.keys(own).length > 0 &&
      pods.some(
        ({ metadata }) =>
          metadata.namespace === service.namespace &&
          hasLabels(metadata.labels, own),
      ))
  );
}

/** The Services that an object is attached to, by name. */
export function serviceRefs(object: ConfigObject): string[] {
  const spec = specOf(object);
  return [spec.at('targetRef'), ...spec.at('targetRefs').list()]
    .filter(ref => ref.at('kind').text() === 'Service')
    .flatMap(ref => ref.at('name').text() ?? []);
}
