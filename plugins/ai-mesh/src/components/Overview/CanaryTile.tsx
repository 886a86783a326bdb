import type { Overview } from '@ai-mesh/plugin-ai-mesh-common';
import Typography from '@material-ui/core/Typography';
import { useFormat } from '../../format';
import { Age, textSaid, whyUnknown } from '../Figures';
import { StateMark } from '../Canary/StateMark';
import { versionNames } from '../Canary/versionName';
import { CanarySparkline } from './CanarySparkline';
import { Tile } from './Tile';

/** The canary to look at first: how far it is, and whether it wants somebody. */
export function CanaryTile(props: {
  overview: Overview;
  /** The canary screen, where there is a way to it. */
  screen?: string;
}) {
  const { overview, screen } = props;
  const { t, format } = useFormat();
  const { canary } = overview;
  const jumps = (path: string, label: string) =>
    screen ? [{ to: `${screen}${path}`, label }] : [];
  const title = t('overview.canary.title');
  if (canary.status === 'unknown') {
    return (
      <Tile
        title={title}
        sentence={t('overview.canary.unknown', {
          reason: whyUnknown(canary, t),
        })}
        jumps={jumps('', t('overview.canary.list'))}
      >
        {null}
      </Tile>
    );
  }
  const { active, moreActive, latest } = canary.value;
  if (!latest) {
    return (
      <Tile
        title={title}
        sentence={t('overview.canary.none')}
        jumps={jumps('/new', t('canary.request.open'))}
      >
        {null}
      </Tile>
    );
  }
  const { state, percent, targetPercent, message, words, shares, since } =
    latest;
  return (
    <Tile
      title={title}
      mark={<StateMark state={state} />}
      sentence={
        message === undefined
          ? t(`canary.situation.${state}`)
          : textSaid({ message, words }, t)
      }
      jumps={[
        ...jumps(`/${latest.id}`, t('overview.canary.open')),
        ...jumps(
          '',
          active > 1
            ? t(
                moreActive
                  ? 'overview.canary.moreActive'
                  : 'overview.canary.active',
                { count: active },
              )
            : t('overview.canary.list'),
        ),
      ]}
    >
      <div>
        <Typography variant="caption" color="textSecondary" component="p">
          {t('canary.name', {
            service: latest.service.name,
            ...versionNames(latest),
          })}
          {' · '}
          <Age at={since} />
        </Typography>
        {percent !== undefined && (
          <Typography variant="h5" component="p">
            {t('overview.canary.share', {
              percent: format.percent(percent / 100),
              target: format.percent(targetPercent / 100),
            })}
          </Typography>
        )}
      </div>
      {shares.length > 1 && <CanarySparkline shares={shares} />}
    </Tile>
  );
}
