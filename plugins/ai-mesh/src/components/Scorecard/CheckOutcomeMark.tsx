import type { CheckOutcome } from '@ai-mesh/plugin-ai-mesh-common';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import PassIcon from '@material-ui/icons/CheckCircleOutline';
import FailIcon from '@material-ui/icons/HighlightOff';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import ExemptIcon from '@material-ui/icons/EventAvailable';
import type { ComponentType } from 'react';
import type { Tone } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { ToneMark } from '../Marks';

/** What needs work first. */
export const checkOutcomes: readonly CheckOutcome[] = [
  'fail',
  'unknown',
  'exempt',
  'pass',
];

const looks: Record<
  CheckOutcome,
  { tone: Tone; icon: ComponentType<SvgIconProps> }
> = {
  pass: { tone: 'healthy', icon: PassIcon },
  fail: { tone: 'failing', icon: FailIcon },
  unknown: { tone: 'unknown', icon: UnknownIcon },
  exempt: { tone: 'accent', icon: ExemptIcon },
};

/** What a check comes to, by an icon of its own shape, a word and a colour; with a count, how many do. */
export function CheckOutcomeMark(props: {
  outcome: CheckOutcome;
  count?: number;
}) {
  const { outcome, count } = props;
  const { t } = useAiMeshTranslation();
  return (
    <ToneMark {...looks[outcome]}>
      {count === undefined
        ? t(`scorecard.outcome.${outcome}`)
        : t(`scorecard.count.${outcome}`, { count })}
    </ToneMark>
  );
}
