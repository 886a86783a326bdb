import type {
  Fact,
  FactName,
  Fleet,
  FleetRow,
} from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { useAiMeshTranslation } from '../../translation';
import { useFormat } from '../../format';
import { StateMark } from '../Canary/StateMark';
import {
  Explained,
  Figure,
  readLatency,
  readRate,
  readRatio,
  textSaid,
} from '../Figures';
import { EncryptionWord, HealthMark } from '../Marks';
import { LevelMark } from '../Scorecard/LevelMark';
import { formatFact, unknownWords } from '../Scorecard/scorecardWords';
import { rowName, type ColumnId } from './columns';
import { TrendLine } from './TrendLine';
import { useMeshPage } from './useMeshPage';

/** One entity's value of one column. */
export function FleetCell(props: {
  row: FleetRow;
  column: ColumnId | 'name';
  levels: Fleet['facets']['levels'];
}) {
  const { row, column, levels } = props;
  const pageOf = useMeshPage();
  const { t } = useFormat();
  switch (column) {
    case 'name':
      return <Link to={pageOf(row.entityRef)}>{rowName(row)}</Link>;
    case 'owner':
      return <EntityRefLinks entityRefs={row.owners} defaultKind="group" />;
    case 'system':
      return <EntityRefLinks entityRefs={row.systems} defaultKind="system" />;
    case 'health':
      return <HealthCell health={row.health} />;
    case 'trend':
      return <TrendLine trend={row.trend} />;
    case 'mtls':
      return <EncryptionWord encryption={row.encryption} />;
    case 'canary':
      return <CanaryCell row={row} />;
    case 'findings':
      return <FindingsCell row={row} />;
    case 'level':
      return <LevelCell row={row} levels={levels} />;
    case 'budget':
      return <FactCell fact={row.facts.budgetLeft} name="sloBudgetLeftMin" />;
    case 'burn':
      return <FactCell fact={row.facts.burnRate} name="sloBurnRateMax" />;
    case 'cost':
      return <FactCell fact={row.facts.costPerDay} name="costPerDayEstimate" />;
    case 'models':
      return <ModelsCell row={row} />;
    case 'services':
      return (
        <>
          {row.services
            .map(({ cluster, namespace, name }) =>
              [cluster, namespace, name].join('/'),
            )
            .join(t('text.and'))}
        </>
      );
    default:
      return <SignalCell row={row} column={column} />;
  }
}

function SignalCell(props: {
  row: FleetRow;
  column: 'rate' | 'errors' | 'p95';
}) {
  const { column } = props;
  const { traffic } = props.row;
  const { t, format } = useFormat();
  switch (column) {
    case 'rate':
      return (
        <Figure
          label={t('figure.requestsPerSecond')}
          reading={readRate(traffic.requestsPerSecond, format, t)}
          query="requests"
        />
      );
    case 'errors':
      return (
        <Figure
          label={t('figure.errorRatio')}
          reading={readRatio(traffic, traffic.errorRatio, format, t)}
          query="requests"
        />
      );
    default:
      return (
        <Figure
          label={t('figure.p95')}
          reading={readLatency(traffic.p95, format, t)}
          query="latency"
        />
      );
  }
}

function HealthCell(props: { health: FleetRow['health'] }) {
  const { health } = props;
  const { t } = useAiMeshTranslation();
  return (
    <Explained by={textSaid(health, t)}>
      <HealthMark {...health} />
    </Explained>
  );
}

function CanaryCell(props: { row: FleetRow }) {
  const { entityRef, canary } = props.row;
  const { t } = useAiMeshTranslation();
  const pageOf = useMeshPage();
  if (canary.status === 'unknown') {
    return (
      <Explained
        by={textSaid(
          {
            ...canary,
            message: canary.message ?? t(`unknown.${canary.reason}`),
          },
          t,
        )}
      >
        {t('unknown.name')}
      </Explained>
    );
  }
  return canary.value ? (
    <Link to={`${pageOf(entityRef)}/canary/${canary.value.id}`}>
      <StateMark state={canary.value.state} />
    </Link>
  ) : (
    <>{t('fleet.noCanary')}</>
  );
}

function FactCell(props: { fact: Fact; name: FactName }) {
  const { fact, name } = props;
  const { t, format } = useFormat();
  return fact.status === 'known' ? (
    <>{formatFact(name, fact.value, fact.currency, { t, format })}</>
  ) : (
    <UnknownFact fact={fact} />
  );
}

function ModelsCell(props: { row: FleetRow }) {
  const { facts, modelNames = [] } = props.row;
  const { t } = useFormat();
  const count = <FactCell fact={facts.models} name="modelsInUse" />;
  return modelNames.length > 0 ? (
    <Explained by={modelNames.join(t('text.and'))}>{count}</Explained>
  ) : (
    count
  );
}

function UnknownFact(props: { fact: Extract<Fact, { status: 'unknown' }> }) {
  const { fact } = props;
  const { t, format } = useFormat();
  return (
    <Explained by={unknownWords(fact, { t, format })}>
      {t(fact.young ? 'fleet.young' : 'unknown.name')}
    </Explained>
  );
}

function FindingsCell(props: { row: FleetRow }) {
  const { entityRef, facts } = props.row;
  const { t } = useAiMeshTranslation();
  const pageOf = useMeshPage();
  const { findingsHigh: high, findingsMedium: medium } = facts;
  const unknown = [high, medium].find(({ status }) => status === 'unknown');
  if (unknown?.status === 'unknown') {
    return <UnknownFact fact={unknown} />;
  }
  return (
    <Link to={`${pageOf(entityRef)}/review`}>
      {t('fleet.findings', {
        high: String(high.status === 'known' && high.value),
        medium: String(medium.status === 'known' && medium.value),
      })}
    </Link>
  );
}

function LevelCell(props: {
  row: FleetRow;
  levels: Fleet['facets']['levels'];
}) {
  const { level } = props.row;
  const { t } = useAiMeshTranslation();
  return level.status === 'known' ? (
    <LevelMark level={level.value} levels={props.levels} />
  ) : (
    <Explained
      by={textSaid(
        { ...level, message: level.message ?? t(`unknown.${level.reason}`) },
        t,
      )}
    >
      {t('unknown.name')}
    </Explained>
  );
}
