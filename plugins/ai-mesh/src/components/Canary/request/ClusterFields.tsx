import type { CanaryAcross } from '@ai-mesh/plugin-ai-mesh-common';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import { Menu } from './Menu';

/** In which other clusters the canary is asked for as well, and in which order. */
export function ClusterFields(props: {
  /** The service's own. */
  first: string;
  /** Where the service runs as well. */
  offered: string[];
  /** Of those the chosen ones, in their order. */
  also: string[];
  order: CanaryAcross['order'];
  onChange: (change: {
    also?: string[];
    order?: CanaryAcross['order'];
  }) => void;
}) {
  const { first, offered, also, order, onChange } = props;
  const { t } = useAiMeshTranslation();
  const clusters = [first, ...also].join(' → ');
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        {t('canary.form.clusters.help')}
      </Typography>
      <div>
        {offered.map(cluster => (
          <FormControlLabel
            key={cluster}
            control={
              <Checkbox
                color="primary"
                size="small"
                checked={also.includes(cluster)}
                onChange={(_, checked) =>
                  onChange({
                    also: checked
                      ? [...also, cluster]
                      : also.filter(one => one !== cluster),
                  })
                }
              />
            }
            label={t('canary.form.clusters.also', { cluster })}
          />
        ))}
      </div>
      {also.length > 0 && (
        <Menu
          label={t('canary.form.clusters.order')}
          value={order}
          options={[
            {
              value: 'one-after-another',
              label: t('canary.form.clusters.one-after-another', { clusters }),
            },
            { value: 'together', label: t('canary.form.clusters.together') },
          ]}
          onChange={value =>
            onChange({ order: value as CanaryAcross['order'] })
          }
        />
      )}
    </>
  );
}
