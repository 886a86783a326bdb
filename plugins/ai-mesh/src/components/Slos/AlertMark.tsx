import type { ObjectiveStatus } from '@ai-mesh/plugin-ai-mesh-common';
import type { Tone } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { ToneMark } from '../Marks';

const toneOf: Record<ObjectiveStatus['alert'], Tone> = {
  page: 'failing',
  ticket: 'degraded',
  ok: 'healthy',
  unknown: 'unknown',
};

/** What an objective's burn-rate alerts say, by icon, word and colour. */
export function AlertMark(props: { alert: ObjectiveStatus['alert'] }) {
  const { t } = useAiMeshTranslation();
  return (
    <ToneMark tone={toneOf[props.alert]}>
      {t(`slos.alert.${props.alert}`)}
    </ToneMark>
  );
}
