import type {
  FleetCanary,
  FleetHurting,
  FleetOrigin,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { EntityRefLink, EntityRefLinks } from '@backstage/plugin-catalog-react';
import Skeleton from '@material-ui/lab/Skeleton';
import { makeStyles } from '@material-ui/core/styles';
import type { Polled } from '../../hooks';
import { useAiMeshTranslation } from '../../translation';
import { StateMark } from '../Canary/StateMark';
import { behind, between, inARow, textSaid, whyUnknown } from '../Figures';
import { Notice, Said, UnwellNotice } from '../Marks';
import { RefreshFailure, SaidBy } from '../States';
import { NotShown } from '../Tables';
import { EndsPanel } from './EndsPanel';
import { useMeshPage } from './useMeshPage';

const MOST_NAMED = 8;

const useStyles = makeStyles(theme => ({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
  },
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    '& li': { marginBottom: theme.spacing(0.5) },
  },
}));

/** Where it hurts now, over all entities that meet the filters: what fails by itself, canaries, and what ends. */
export function HurtingPanel(props: { hurting: Polled<FleetHurting> }) {
  const { data, error } = props.hurting;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  if (!data) {
    return error ? (
      <Notice tone="unknown" title={t('fleet.hurting.failed')}>
        <SaidBy error={error} />
      </Notice>
    ) : (
      <Skeleton variant="rect" height={56} />
    );
  }
  return (
    <div className={classes.panel}>
      {error && <RefreshFailure error={error} observedAt={data.observedAt} />}
      <Origins hurting={data} />
      <Canaries canaries={data.canaries} moreCanaries={data.moreCanaries} />
      {data.entities > 0 && <EndsPanel hurting={data} />}
    </div>
  );
}

function Origins(props: { hurting: FleetHurting }) {
  const { origins } = props.hurting;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  if (origins.status === 'unknown') {
    return (
      <Notice tone="unknown" title={t('fleet.hurting.unknown')}>
        {textSaid(
          {
            ...origins,
            message: origins.message ?? t(`unknown.${origins.reason}`),
          },
          t,
        )}
      </Notice>
    );
  }
  if (origins.value.length === 0) {
    return <NoOrigin hurting={props.hurting} />;
  }
  return (
    <Notice tone="failing" title={t('fleet.hurting.title')}>
      <ul className={classes.list}>
        {origins.value.map((origin, index) => (
          <li key={index}>
            <OriginLine origin={origin} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** No outage: green only where no row of the table is coloured otherwise, and else what is. */
function NoOrigin(props: { hurting: FleetHurting }) {
  const { entities, unwell } = props.hurting;
  const { worst, total, notKnown, slownessNotKnown } = unwell;
  const { t } = useAiMeshTranslation();
  const pageOf = useMeshPage();
  if (total > 0) {
    return (
      <UnwellNotice
        title={t('fleet.hurting.unwell')}
        lines={worst.map(({ entityRef, title, health }) => (
          <div key={entityRef}>
            <Link to={`${pageOf(entityRef)}/topology`} underline="always">
              {title ?? parseEntityRef(entityRef).name}
            </Link>
            {t('text.colon')}
            <Said of={health} />
          </div>
        ))}
        total={total}
      />
    );
  }
  if (entities === 0) {
    return null;
  }
  const seesSome = notKnown < entities;
  const seesAllOfSome = notKnown + slownessNotKnown < entities;
  const title = seesSome
    ? (`fleet.hurting.${seesAllOfSome ? 'none' : 'noneFails'}` as const)
    : 'fleet.hurting.unknown';
  return (
    <Notice tone={seesAllOfSome ? 'healthy' : 'unknown'} title={t(title)}>
      {inARow(
        [
          notKnown > 0 && t('fleet.hurting.notKnown', { count: notKnown }),
          slownessNotKnown > 0 &&
            t('fleet.slownessNotKnown', { count: slownessNotKnown }),
        ],
        t,
      )}
    </Notice>
  );
}

function OriginLine(props: { origin: FleetOrigin }) {
  const { node, reason, words, confidence, suffering } = props.origin;
  const { t } = useAiMeshTranslation();
  const pageOf = useMeshPage();
  const [entityRef] = node?.entityRefs ?? [];
  const name =
    node && [node.cluster, node.namespace, node.name].filter(Boolean);
  return (
    <>
      <strong>
        {entityRef ? (
          <Link to={`${pageOf(entityRef)}/topology`} underline="always">
            {node!.name}
          </Link>
        ) : (
          (node?.name ?? t('fleet.hurting.hidden'))
        )}
      </strong>
      {name &&
        !entityRef &&
        t('text.aside', { text: name.slice(0, -1).join('/') })}
      {confidence === 'possible' && ` ${t('fleet.hurting.possible')}`}
      {reason && (
        <>
          {t('text.colon')}
          <Said of={{ message: reason, words }} />
        </>
      )}
      {suffering.count > 0 &&
        between(t) + t('fleet.hurting.suffering', { count: suffering.count })}
      {suffering.entityRefs.length > 0 && (
        <>
          {between(t)}
          <EntityRefLinks
            entityRefs={suffering.entityRefs.slice(0, MOST_NAMED)}
            underline="always"
          />
          {suffering.entityRefs.length > MOST_NAMED && `${t('text.and')}…`}
        </>
      )}
    </>
  );
}

function Canaries(props: Pick<FleetHurting, 'canaries' | 'moreCanaries'>) {
  const { canaries, moreCanaries } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  if (canaries.status === 'unknown') {
    return (
      <Notice tone="unknown" title={t('fleet.canaries.unknown')}>
        {whyUnknown(canaries, t)}
      </Notice>
    );
  }
  const mine = canaries.value.filter(({ waitingForMe }) => waitingForMe);
  const others = canaries.value.filter(({ waitingForMe }) => !waitingForMe);
  return (
    <>
      {mine.length > 0 && (
        <Notice
          tone="accent"
          title={t('fleet.canaries.mine', { count: mine.length })}
        >
          <CanaryList canaries={mine} className={classes.list} />
        </Notice>
      )}
      {others.length > 0 && (
        <Notice
          tone="accent"
          title={t('fleet.canaries.others', { count: others.length })}
        >
          <CanaryList canaries={others} className={classes.list} />
        </Notice>
      )}
      <NotShown more={moreCanaries} />
    </>
  );
}

function CanaryList(props: {
  canaries: readonly FleetCanary[];
  className: string;
}) {
  const { t } = useAiMeshTranslation();
  const pageOf = useMeshPage();
  return (
    <ul className={props.className}>
      {props.canaries.map(({ id, entityRef, service, state, next, reason }) => (
        <li key={id}>
          <StateMark state={state} />{' '}
          <Link to={`${pageOf(entityRef)}/canary/${id}`} underline="always">
            {t('fleet.canaries.of', {
              service: `${service.namespace}/${service.name}`,
            })}
          </Link>{' '}
          <EntityRefLink entityRef={entityRef} underline="always" />
          {t('text.colon')}
          <Said of={next} />
          {behind(textSaid(next, t))}
          {reason}
        </li>
      ))}
    </ul>
  );
}
