import type { CanaryAnnouncer } from '../engine/EngineTools';

/** Tells several at once: one that is slow holds up no other. */
export function announceToAll(
  ...announcers: readonly CanaryAnnouncer[]
): CanaryAnnouncer {
  return {
    changed: record => announcers.forEach(one => one.changed(record)),
    happened: async (record, transitions) => {
      await Promise.all(
        announcers.map(one => one.happened(record, transitions)),
      );
    },
  };
}
