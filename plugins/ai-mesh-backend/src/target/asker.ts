import { AsyncLocalStorage } from 'async_hooks';

const askers = new AsyncLocalStorage<string>();

/** What the portal does of itself, such as judging a canary: it takes its turns, and is never refused. */
export const PORTAL = 'portal';

/**
 * Does something on behalf of a person or a service, so that sources can be shared fairly: whatever it starts, however
 * deep below, knows its asker without being handed it.
 */
export function onBehalfOf<T>(asker: string, work: () => T): T {
  return askers.run(asker, work);
}

/** On whose behalf the present code runs. */
export function presentAsker(): string {
  return askers.getStore() ?? PORTAL;
}
