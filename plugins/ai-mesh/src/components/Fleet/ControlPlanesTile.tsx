import type {
  FleetControlPlane,
  Measured,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useFormat } from '../../format';
import { useNow } from '../../hooks';
import type { Tone } from '../../theme';
import { whyUnknown } from '../Figures';
import { ToneMark } from '../Marks';
import { Tile } from '../Overview/Tile';

const useStyles = makeStyles(theme => ({
  // Names of metrics have no place to break at.
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    overflowWrap: 'anywhere',
  },
}));

/** What is wrong with the clusters' control planes, or why that is not known. */
export function ControlPlanesTile(props: {
  controlPlanes: readonly FleetControlPlane[];
}) {
  const { controlPlanes } = props;
  const { t } = useFormat();
  const classes = useStyles();
  const words = useWords();
  const tone = toneOf(controlPlanes);
  const lines = controlPlanes.flatMap(plane =>
    words(plane).map(text => `${plane.cluster}: ${text}`),
  );
  return (
    <Tile
      title={t('fleet.controlPlane.title')}
      mark={
        <ToneMark tone={tone}>{t(`fleet.controlPlane.mark.${tone}`)}</ToneMark>
      }
      sentence={
        controlPlanes.length === 0 ? t('fleet.controlPlane.nowhere') : ''
      }
      jumps={[]}
    >
      {lines.length > 0 && (
        <ul className={classes.list}>
          {lines.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Tile>
  );
}

type MarkTone = Extract<Tone, 'failing' | 'unknown' | 'healthy'>;

function toneOf(controlPlanes: readonly FleetControlPlane[]): MarkTone {
  const troubles = controlPlanes.flatMap(({ root, rejecting }) => [
    troubled(root, ({ status }) => status !== 'ok'),
    troubled(rejecting, parts => parts.length > 0),
  ]);
  if (troubles.includes(true)) {
    return 'failing';
  }
  return troubles.length === 0 || troubles.includes(undefined)
    ? 'unknown'
    : 'healthy';
}

/** Undefined where it is not known. */
function troubled<T>(
  value: Measured<T>,
  isTrouble: (value: T) => boolean,
): boolean | undefined {
  return value.status === 'known' ? isTrouble(value.value) : undefined;
}

/** What a person has to know of one of them, or why it cannot be said. */
function useWords() {
  const { t, format } = useFormat();
  const now = useNow();
  return ({ root, rejecting }: FleetControlPlane): string[] => {
    const ofRoot =
      root.status === 'known'
        ? root.value.status !== 'ok' && [
            t('fleet.controlPlane.root', {
              when: format.when(root.value.expiresAt, now),
            }),
          ]
        : [
            t('fleet.controlPlane.rootUnknown', {
              reason: whyUnknown(root, t),
            }),
          ];
    const ofProxies =
      rejecting.status === 'known'
        ? rejecting.value.map(({ part, proxies }) =>
            t('fleet.controlPlane.rejected', { count: proxies, part }),
          )
        : [
            t('fleet.controlPlane.rejectedUnknown', {
              reason: whyUnknown(rejecting, t),
            }),
          ];
    return [...(ofRoot || []), ...ofProxies];
  };
}
