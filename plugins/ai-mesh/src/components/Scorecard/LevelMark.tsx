import type { Scorecard } from '@ai-mesh/plugin-ai-mesh-common';
import LevelIcon from '@material-ui/icons/EmojiEvents';
import NoneIcon from '@material-ui/icons/RadioButtonUnchecked';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import { useAiMeshTranslation } from '../../translation';
import { ToneMark } from '../Marks';
import { levelTitle } from './scorecardWords';

/** The level that is reached, or between which levels it lies where that is not known. */
export function LevelMark(props: {
  level: Scorecard['level'];
  levels: readonly Pick<Scorecard['levels'][number], 'id' | 'title'>[];
}) {
  const { level, levels } = props;
  const { t } = useAiMeshTranslation();
  const nameOf = (id: string | null) =>
    id === null ? t('scorecard.level.none') : levelTitle(id, levels, t);
  if (level.status === 'unknown') {
    return (
      <ToneMark tone="unknown" icon={UnknownIcon}>
        {t('scorecard.level.between', {
          least: nameOf(level.atLeast),
          most: nameOf(level.atMost),
        })}
      </ToneMark>
    );
  }
  return (
    <ToneMark
      tone={level.level === null ? 'degraded' : 'healthy'}
      icon={level.level === null ? NoneIcon : LevelIcon}
    >
      {nameOf(level.level)}
    </ToneMark>
  );
}
