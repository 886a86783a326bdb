import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { Choice } from '../../Screen';
import { parseVersions, writeVersions } from './compareVersions';
import { useComparedMoment } from './useComparedMoment';

/** Which two versions are beside each other: the first and the last unless chosen. */
export function VersionsChoice(props: {
  /** Those that calls tell apart; undefined as long as there is no answer. */
  versions: readonly string[] | undefined;
}) {
  const { versions } = props;
  const { t } = useAiMeshTranslation();
  const [compared, setCompared] = useComparedMoment();
  if (!versions) {
    return null;
  }
  if (versions.length < 2) {
    return (
      <Typography variant="body2" role="status">
        {t('compare.versions.none')}
      </Typography>
    );
  }
  const chosen = parseVersions(compared) ?? {
    first: versions[0],
    second: versions[versions.length - 1],
  };
  return (
    <>
      {(['first', 'second'] as const).map(place => (
        <Choice
          key={place}
          label={t(`compare.versions.${place}`)}
          value={versions.includes(chosen[place]) ? chosen[place] : versions[0]}
          onChange={name =>
            setCompared(writeVersions({ ...chosen, [place]: name }))
          }
          options={versions.map(name => ({
            value: name,
            label: name || t('compare.versions.unnamed'),
          }))}
        />
      ))}
    </>
  );
}
