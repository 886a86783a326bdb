import { inEnglish, type Words } from '@ai-mesh/plugin-ai-mesh-common';

/** A person's action that the canary's state does not allow. */
export class ActionRefused extends Error {
  constructor(readonly words: Words) {
    super(inEnglish([words]));
    this.name = 'ActionRefused';
  }
}
