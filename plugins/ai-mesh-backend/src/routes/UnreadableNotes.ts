import { said, type RouteNote } from '@ai-mesh/plugin-ai-mesh-common';
import type { ConfigObject } from '../kubernetes/kinds';
import type { MeshSnapshot } from '../kubernetes/MeshSnapshot';
import type { ReportUnreadable } from './Field';
import { aboutUnreadable } from './aboutSetting';
import { objectRef } from './objectRef';

/** Collects what could not be read, once for each place, however often it is read. */
export class UnreadableNotes {
  readonly #found = new Map<string, RouteNote>();

  constructor(private readonly snapshot: MeshSnapshot) {}

  reportOn = (object: ConfigObject): ReportUnreadable => {
    return (path, expected) => {
      const ref = objectRef(this.snapshot, object);
      const sentences = said(
        aboutUnreadable('unreadable.ignored', { object: ref, path }, expected),
      );
      this.#found.set(sentences.message, {
        kind: 'unreadable',
        ...sentences,
        objects: [ref],
      });
    };
  };

  get notes(): RouteNote[] {
    return [...this.#found.values()];
  }
}
