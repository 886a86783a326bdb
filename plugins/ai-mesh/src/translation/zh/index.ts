import { authorization } from './authorization';
import { common } from './common';
import { overview } from './overview';
import { security } from './security';
import { states } from './states';
import { topology } from './topology';
import { traffic } from './traffic';

/** Every text of the plugin in Simplified Chinese; the type keeps it as complete as the English. */
export const zh = {
  ...common,
  ...states,
  ...overview,
  ...topology,
  ...traffic,
  ...security,
  ...authorization,
};

// Backstage's lazy translations are read from the default export.
export default zh;
