import { resolveRoutes } from '../resolveRoutes';
import { destinationRule, meshOf, virtualService } from './meshOf';

/** The rules that a VirtualService `chat` with these http rules gives. */
export function rulesOf(http: object[], options?: { subsets?: string[] }) {
  const { subsets = ['v1', 'v2'] } = options ?? {};
  return resolveRoutes(
    meshOf(
      virtualService('chat', { hosts: ['chat'], http }) +
        destinationRule('chat', {
          host: 'chat',
          subsets: subsets.map(name => ({ name, labels: { version: name } })),
        }),
    ),
    { namespace: 'ai', name: 'chat' },
  ).rules;
}

/** A destination of such a rule. */
export const to = (subset?: string, more: object = {}) => ({
  destination: { host: 'chat', ...(subset && { subset }) },
  ...more,
});
