import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../translation';

/** Says below a list how many more there are; nothing where it has all. */
export function NotShown(props: { more: number | undefined }) {
  const { more } = props;
  const { t } = useAiMeshTranslation();
  return more ? (
    <Typography variant="body2" role="note">
      {t('list.more', { count: more })}
    </Typography>
  ) : null;
}
