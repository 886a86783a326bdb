import type { Review, ServiceRef } from '@ai-mesh/plugin-ai-mesh-common';
import { NotAllowedError } from '@backstage/errors';

/**
 * What an entity says of itself is enough to look at a Service, not to change it.
 *
 * @throws NotAllowedError where one of the Services is not provably the entity's
 */
export function requireProof(
  services: readonly ServiceRef[],
  {
    entityRef,
    resolution: { ownership = [] },
  }: Pick<Review, 'entityRef' | 'resolution'>,
): void {
  const isProven = (wanted: ServiceRef) =>
    ownership.some(
      ({ proven, service }) => proven && nameOf(service) === nameOf(wanted),
    );
  const unproven = services.filter(service => !isProven(service)).map(nameOf);
  if (unproven.length > 0) {
    throw new NotAllowedError(
      `Nothing was changed: it is not proven that ${[...new Set(unproven)].join(', ')} belongs to ${entityRef}. docs/ownership.md names the ways to prove it.`,
    );
  }
}

function nameOf({ cluster, namespace, name }: ServiceRef): string {
  return [cluster, namespace, name].join('/');
}
