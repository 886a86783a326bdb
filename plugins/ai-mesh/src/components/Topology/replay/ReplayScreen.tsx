import {
  type Replay,
  replayRequestSchema,
  type ReplaySpan,
  type Topology,
} from '@ai-mesh/plugin-ai-mesh-common';
import Skeleton from '@material-ui/lab/Skeleton';
import { useMemo } from 'react';
import { useMoment, useSearchParam } from '../../../hooks';
import { useFormat } from '../../../format';
import { useAiMeshTranslation } from '../../../translation';
import { whyUnknown } from '../../Figures';
import { Notice } from '../../Marks';
import { SaidBy } from '../../States';
import { Choice, Screen } from '../../Screen';
import { TopologyGraph } from '../graph/TopologyGraph';
import { useGroups } from '../group';
import { TopologyControls } from '../TopologyControls';
import { type Narrowed, useNarrowed } from '../useNarrowed';
import type { TopologyChoices } from '../useTopologyChoices';
import { frameOf } from './frameOf';
import { marksOf } from './marksOf';
import { ReplayPlayer } from './ReplayPlayer';
import { ReplayTimeline } from './ReplayTimeline';
import { type Playback, usePlayback } from './usePlayback';
import { useCanariesWithin, useReplay } from './useReplay';

/** Pixels: its heading and its charts. */
const TIMELINE_HEIGHT = 300;

const spanSchema = replayRequestSchema.shape.span;
const spans: ReplaySpan[] = ['1h', '6h', '24h'];
const parseSpan = (written: string | null): ReplaySpan =>
  spanSchema.catch('1h').parse(written ?? undefined);

/** The neighbourhood over a past span, played moment by moment. */
export function ReplayScreen(props: {
  entityRef: string;
  choices: TopologyChoices;
}) {
  const { entityRef, choices } = props;
  const { window, depth } = choices;
  const { t } = useAiMeshTranslation();
  const [at] = useMoment();
  const [span, setSpan] = useSearchParam<ReplaySpan>('span', parseSpan, '1h');
  const polled = useReplay(entityRef, {
    span,
    window,
    depth: Number(depth),
    ...(at && { at }),
  });
  const { data } = polled;
  const moments = useMemo(() => data?.moments.map(one => one.at) ?? [], [data]);
  const playback = usePlayback(moments);
  const { index } = playback;
  const frame = useMemo(() => data && frameOf(data, index), [data, index]);
  const narrowed = useNarrowed(frame, choices);
  return (
    <Screen
      entityRef={entityRef}
      polled={polled}
      anyMoment
      skeleton={<Skeleton variant="rect" height={480} />}
      controls={
        <>
          <Choice
            label={t('replay.span')}
            value={span}
            onChange={setSpan}
            options={spans.map(value => ({
              value,
              label: t(`replay.span.${value}`),
            }))}
          />
          <TopologyControls choices={choices} narrowed={narrowed} />
        </>
      }
    >
      {replay =>
        frame && (
          <Played
            replay={replay}
            frame={frame}
            playback={playback}
            narrowed={narrowed}
            entityRef={entityRef}
            choices={choices}
          />
        )
      }
    </Screen>
  );
}

function Played(props: {
  replay: Replay;
  /** The moment that is shown, and what of it. */
  frame: Topology;
  narrowed: Narrowed;
  playback: Playback;
  entityRef: string;
  choices: TopologyChoices;
}) {
  const { replay, frame, narrowed, playback, entityRef, choices } = props;
  const { visible, found } = narrowed;
  const { t, format } = useFormat();
  const { moments } = playback;
  const shownAt = moments[playback.index];
  const unborn = replay.changes.filter(
    ({ at, by, object }) =>
      object.kind === 'Service' && by === undefined && at > shownAt,
  );
  const groups = useGroups(frame.nodes);
  const canaries = useCanariesWithin(entityRef, {
    from: moments[0],
    to: moments[moments.length - 1],
  });
  const marks = useMemo(
    () => marksOf(replay, canaries.data?.canaries ?? [], t),
    [replay, canaries.data, t],
  );
  return (
    <>
      {canaries.error && (
        <Notice tone="degraded" title={t('replay.noCanaries')}>
          <SaidBy error={canaries.error} />
        </Notice>
      )}
      {canaries.data && !canaries.data.areAll && (
        <Notice
          tone="unknown"
          title={t('replay.someCanaries', {
            count: canaries.data.canaries.length,
          })}
        />
      )}
      {replay.budgetAlerts.status === 'unknown' && (
        <Notice tone="unknown" title={t('replay.noAlerts')}>
          {whyUnknown(replay.budgetAlerts, t)}
        </Notice>
      )}
      <ReplayPlayer marks={marks} playback={playback} choices={choices} />
      {!replay.moments[playback.index].measured && (
        <Notice tone="unknown" title={t('replay.unmeasured')} />
      )}
      {unborn.map(({ at, object }) => (
        <Notice
          key={`${object.cluster}/${object.namespace}/${object.name}`}
          tone="unknown"
          title={t('replay.unborn', {
            name: object.name,
            at: format.time(at),
          })}
        />
      ))}
      {replay.omitted !== undefined && (
        <Notice
          tone="degraded"
          title={t('replay.omitted', { count: replay.omitted })}
        />
      )}
      <TopologyGraph
        topology={frame}
        visible={visible}
        found={found ?? { nodes: new Set(), edges: new Set() }}
        selection={choices.selection}
        onSelect={choices.setSelection}
        choice={`${choices.show} ${choices.hide} ${groups.grouping}`}
        groups={groups}
        covered={0}
        roomToLeave={TIMELINE_HEIGHT}
      />
      <ReplayTimeline
        replay={replay}
        selection={choices.selection}
        marks={marks}
        index={playback.index}
        onGo={playback.go}
      />
    </>
  );
}
