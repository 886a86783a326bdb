import { authorization } from './authorization';
import { common } from './common';
import { overview } from './overview';
import { security } from './security';
import { states } from './states';
import { topology } from './topology';
import { traffic } from './traffic';

/** Every text of the plugin in English, by its key. */
export const en = {
  ...common,
  ...states,
  ...overview,
  ...topology,
  ...traffic,
  ...security,
  ...authorization,
} as const;
