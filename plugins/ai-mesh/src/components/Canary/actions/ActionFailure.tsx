import { useAiMeshTranslation } from '../../../translation';
import { between } from '../../Figures';
import { Notice, Said } from '../../Marks';
import { SaidBy } from '../../States';
import { HappeningLine } from '../history/HappeningLine';
import { situationOf } from '../situation';
import { StateMark } from '../StateMark';
import { versionNames } from '../versionName';
import type { Conflict } from './useAction';

/** Why an action was not done: something came in between, or the backend refused. */
export function ActionFailure(props: {
  error?: Error;
  conflict?: Conflict;
  /** The action is asked for again below. */
  asksAgain?: boolean;
}) {
  const { error, conflict, asksAgain = false } = props;
  const { t } = useAiMeshTranslation();
  if (conflict) {
    const { canary, since, why } = conflict;
    const { title, said } = situationOf(canary, t);
    const versions = versionNames(canary);
    return (
      <div role="alert">
        <Notice tone="degraded" title={t('canary.conflict.title')}>
          {since.length > 0 && (
            <ul aria-label={t('canary.conflict.since')}>
              {since.map(row => (
                <li key={row.seq}>
                  <HappeningLine row={row} versions={versions} />
                </li>
              ))}
            </ul>
          )}
          {why && (
            <div>
              <Said of={why} />
            </div>
          )}
          <div>
            {t('canary.conflict.now')}
            {between(t)}
            <StateMark state={canary.state} /> {title}{' '}
            {said && <Said of={said} />}
          </div>
          <div>
            {t(asksAgain ? 'canary.conflict.again' : 'canary.conflict.body')}
          </div>
        </Notice>
      </div>
    );
  }
  return error ? (
    <div role="alert">
      <Notice tone="failing" title={t('canary.failed.title')}>
        <SaidBy error={error} />
      </Notice>
    </div>
  ) : null;
}
