import type { ScreenTexts } from '../../../screens/ScreenLanguage';
import { canary } from './canary';
import { canaryActions } from './canaryActions';
import { canaryGroup } from './canaryGroup';
import { canaryPower } from './canaryPower';
import { canaryRequest } from './canaryRequest';
import { authorization } from './authorization';
import { common } from './common';
import { compare } from './compare';
import { fleet } from './fleet';
import { guide } from './guide';
import { models } from './models';
import { overview } from './overview';
import { ownership } from './ownership';
import { replay } from './replay';
import { review } from './review';
import { scorecard } from './scorecard';
import { search } from './search';
import { slos } from './slos';
import { security } from './security';
import { states } from './states';
import { templateFields } from './templateFields';
import { topology } from './topology';
import { traces } from './traces';
import { traffic } from './traffic';

/** Every text of the screens in Simplified Chinese. */
const screenTextsZhCN: ScreenTexts = {
  ...common,
  ...guide,
  ...states,
  ...overview,
  ...fleet,
  ...models,
  ...ownership,
  ...topology,
  ...compare,
  ...traffic,
  ...slos,
  ...traces,
  ...replay,
  ...review,
  ...scorecard,
  ...search,
  ...templateFields,
  ...canary,
  ...canaryGroup,
  ...canaryPower,
  ...canaryRequest,
  ...canaryActions,
  ...security,
  ...authorization,
};

export { simplifiedChinese as catalogue } from '../simplifiedChinese';

// Backstage's lazy translations are read from the default export.
export default screenTextsZhCN;
