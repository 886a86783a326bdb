import type { Canary } from '@ai-mesh/plugin-ai-mesh-common';
import type { ReactNode } from 'react';
import { useFormat } from '../../format';
import { Age, behind } from '../Figures';
import { Notice, Said } from '../Marks';
import { Countdown } from './Countdown';
import { Identity } from './Identity';
import { nextSentence, situationOf } from './situation';

/** Why the canary is as it is, what happens next, and when. */
export function SituationNotice(props: {
  canary: Canary;
  children?: ReactNode;
}) {
  const { canary, children } = props;
  const { t, format } = useFormat();
  const { tone, title, said, since, by } = situationOf(canary, t);
  const { next } = canary;
  const whatNext = nextSentence(canary, format, t);
  return (
    <Notice tone={tone} title={title}>
      {said && (
        <div>
          <Said of={said} />
        </div>
      )}
      {since && (
        <div>
          {t('canary.since')} <Age at={since} />
          {by && (
            <>
              {' · '}
              <Identity by={by} />
            </>
          )}
        </div>
      )}
      {next.action !== 'nothing' && (
        <div>
          <strong>
            {t('canary.next.title')}
            {t('text.colon')}
          </strong>
          {whatNext}
          {next.at && (
            <>
              {behind(whatNext)}
              <Countdown at={next.at} />
            </>
          )}
        </div>
      )}
      {children}
    </Notice>
  );
}
