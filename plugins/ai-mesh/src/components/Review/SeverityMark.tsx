import type { FindingSeverity } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import HighIcon from '@material-ui/icons/ErrorOutline';
import LowIcon from '@material-ui/icons/InfoOutlined';
import MediumIcon from '@material-ui/icons/ReportProblemOutlined';
import NoteIcon from '@material-ui/icons/NotesOutlined';
import type { ComponentType } from 'react';
import { type Tone, useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';

/** Worst first. */
export const severities: readonly FindingSeverity[] = [
  'high',
  'medium',
  'low',
  'note',
];

/** How each severity looks. */
export const severityLooks: Record<
  FindingSeverity,
  { tone: Tone; Icon: ComponentType<SvgIconProps> }
> = {
  high: { tone: 'failing', Icon: HighIcon },
  medium: { tone: 'degraded', Icon: MediumIcon },
  low: { tone: 'accent', Icon: LowIcon },
  note: { tone: 'unknown', Icon: NoteIcon },
};

const useStyles = makeStyles({
  mark: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 4,
    whiteSpace: 'nowrap',
  },
});

/** How bad a finding is, by an icon of its own shape, a word and a colour; with a count, how many are. */
export function SeverityMark(props: {
  severity: FindingSeverity;
  count?: number;
}) {
  const { severity, count } = props;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const { tone, Icon } = severityLooks[severity];
  return (
    <span className={classes.mark} style={{ color: tones[tone].text }}>
      <Icon fontSize="small" />
      {count === undefined
        ? t(`review.severity.${severity}`)
        : t(`review.count.${severity}`, { count })}
    </span>
  );
}
