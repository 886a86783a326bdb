import type { PairMtls } from '@ai-mesh/plugin-ai-mesh-common';
import { useAiMeshTranslation } from '../../../translation';
import { Explained, inARow, textSaid } from '../../Figures';
import { ToneMark } from '../../Marks';
import { outcomeLooks } from './looks';

/** What a caller's calls come to by configuration; where ports differ, each outcome with its ports. */
export function CallerOutcome(props: { pairs: PairMtls[] }) {
  const { pairs } = props;
  const { t } = useAiMeshTranslation();
  if (pairs.length === 0) {
    return (
      <Explained by={t('security.callers.noPairs')}>
        <ToneMark {...outcomeLooks.unknown}>
          {t('security.outcome.unknown')}
        </ToneMark>
      </Explained>
    );
  }
  const outcomes = [...new Set(pairs.map(({ outcome }) => outcome))];
  return (
    <>
      {outcomes.map(outcome => {
        const same = pairs.filter(pair => pair.outcome === outcome);
        return (
          <div key={outcome}>
            <Explained
              by={inARow(
                [
                  t('security.callers.sends', {
                    mode: modesOf(same).join(t('text.and')),
                  }),
                  ...new Set(same.map(pair => textSaid(pair, t))),
                ],
                t,
              )}
            >
              <ToneMark {...outcomeLooks[outcome]}>
                {outcomes.length === 1
                  ? t(`security.outcome.${outcome}`)
                  : t('security.outcome.onPorts', {
                      outcome: t(`security.outcome.${outcome}`),
                      ports: [...new Set(same.map(placeOf))].join(
                        t('text.and'),
                      ),
                    })}
              </ToneMark>
            </Explained>
          </div>
        );
      })}
    </>
  );
}

function modesOf(pairs: PairMtls[]): string[] {
  return [...new Set(pairs.map(({ client }) => client.mode))];
}

function placeOf({ port, subset }: PairMtls): string {
  return subset === undefined ? String(port) : `${port} ${subset}`;
}
