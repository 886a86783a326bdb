import { type Translate, useAiMeshTranslation } from '../../translation';
import { textSaid } from '../Figures';
import { Said } from '../Marks';
import { classifyError, saidBy } from './classifyError';

/** Why something failed, in the reader's language: as the backend said it, else what kind of failure it is. */
export function SaidBy(props: { error: Error }) {
  const { t } = useAiMeshTranslation();
  const said = saidBy(props.error);
  return said ? <Said of={said} /> : <>{textBy(props.error, t)}</>;
}

/** As {@link SaidBy}, as plain text. */
export function textBy(error: Error, t: Translate): string {
  const said = saidBy(error);
  return said ? textSaid(said, t) : t(`state.${classifyError(error)}.title`);
}
