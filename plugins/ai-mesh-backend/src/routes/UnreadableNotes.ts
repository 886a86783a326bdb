import type { RouteNote } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { ReportUnreadable } from './Field';
import { objectName, objectRef } from './objectRef';

/** Collects what could not be read, once for each place, however often it is read. */
export class UnreadableNotes {
  readonly #found = new Map<string, RouteNote>();

  constructor(private readonly snapshot: MeshSnapshot) {}

  reportOn = (object: ConfigObject): ReportUnreadable => {
    return (path, expected) => {
      const message = `${path} of ${objectName(object)} should be ${expected} and is ignored.`;
      this.#found.set(message, {
        kind: 'unreadable',
        message,
        objects: [objectRef(this.snapshot, object)],
      });
    };
  };

  get notes(): RouteNote[] {
    return [...this.#found.values()];
  }
}
