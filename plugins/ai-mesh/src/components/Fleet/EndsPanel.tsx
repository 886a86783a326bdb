import type {
  FleetBudget,
  FleetCertificate,
  FleetHurting,
} from '@ai-mesh/plugin-ai-mesh-common';
import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { ReactNode } from 'react';
import { useFormat } from '../../format';
import { useNow } from '../../hooks';
import type { Tone } from '../../theme';
import { Age, between, inARow } from '../Figures';
import { ToneMark } from '../Marks';
import { Tile } from '../Overview/Tile';
import { formatFact, youngWords } from '../Scorecard/scorecardWords';
import { ControlPlanesTile } from './ControlPlanesTile';
import { useMeshPage } from './useMeshPage';

const useStyles = makeStyles(theme => ({
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))',
    gap: theme.spacing(2),
  },
  list: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    maxHeight: 160,
    overflowY: 'auto',
  },
}));

/** Budgets and certificates that end, and control planes in trouble; and how old what is stored of that is. */
export function EndsPanel(props: { hurting: FleetHurting }) {
  const { budgets, certificates, controlPlanes, facts } = props.hurting;
  const { t } = useFormat();
  const classes = useStyles();
  return (
    <>
      <div className={classes.tiles}>
        <EndingTile
          title={t('fleet.budgets.title')}
          endings={budgets}
          more={
            budgets.young > 0 &&
            t('fleet.budgets.young', { count: budgets.young })
          }
          screen="slos"
          wordsOf={one => <BudgetWords budget={one} />}
        />
        <EndingTile
          title={t('fleet.certificates.title')}
          endings={certificates}
          screen="security"
          wordsOf={one => <CertificateWords certificate={one} />}
        />
        <ControlPlanesTile controlPlanes={controlPlanes} />
      </div>
      <Typography variant="body2">
        {facts.oldest && facts.newest && (
          <>
            {t('fleet.facts.ages', {
              newest: <Age at={facts.newest} />,
              oldest: <Age at={facts.oldest} />,
            })}
            {between(t)}
          </>
        )}
        {facts.none > 0 && t('fleet.facts.none', { count: facts.none })}
      </Typography>
    </>
  );
}

function EndingTile<T extends FleetBudget | FleetCertificate>(props: {
  title: string;
  endings: { ending: T[]; total: number; notKnown: number };
  /** What else there is to know of what is not known. */
  more?: string | false;
  /** Of the entity's own, where it is said in full. */
  screen: string;
  wordsOf(one: T): ReactNode;
}) {
  const { title, endings, more, screen, wordsOf } = props;
  const { ending, total, notKnown } = endings;
  const { t } = useFormat();
  const classes = useStyles();
  const pageOf = useMeshPage();
  const unnamed = total - ending.length;
  return (
    <Tile
      title={title}
      mark={
        <ToneMark tone={toneOf(endings)}>
          {total === 0 && notKnown > 0
            ? t('unknown.name')
            : t('fleet.ends.count', { count: total })}
        </ToneMark>
      }
      sentence={inARow(
        [
          unnamed > 0 && t('fleet.ends.more', { count: unnamed }),
          notKnown > 0 && t('fleet.ends.notKnown', { count: notKnown }),
          more,
        ],
        t,
      )}
      jumps={[]}
    >
      {ending.length > 0 && (
        // Where it is long, it is scrolled with the keyboard, too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ul className={classes.list} tabIndex={0} aria-label={title}>
          {ending.map(one => (
            <li key={one.entityRef}>
              <Link
                to={`${pageOf(one.entityRef)}/${screen}`}
                underline="always"
              >
                {one.title ?? parseEntityRef(one.entityRef).name}
              </Link>
              {t('text.colon')}
              {wordsOf(one)}
            </li>
          ))}
        </ul>
      )}
    </Tile>
  );
}

/** What is not known of some is not well, though nothing is known to end. */
function toneOf({
  total,
  notKnown,
}: {
  total: number;
  notKnown: number;
}): Tone {
  if (total > 0) {
    return 'failing';
  }
  return notKnown > 0 ? 'unknown' : 'healthy';
}

function BudgetWords(props: { budget: FleetBudget }) {
  const { left, young, burnRate } = props.budget;
  const { t, format } = useFormat();
  const say = (
    name: 'sloBudgetLeftMin' | 'sloBurnRateMax',
    value: number | undefined,
  ) =>
    value === undefined
      ? t('unknown.name')
      : formatFact(name, value, undefined, { t, format });
  const rate = say('sloBurnRateMax', burnRate);
  return (
    <>
      {young
        ? t('fleet.budgets.youngOf', { ...youngWords(young, format), rate })
        : t('fleet.budgets.of', { left: say('sloBudgetLeftMin', left), rate })}
    </>
  );
}

function CertificateWords(props: { certificate: FleetCertificate }) {
  const { endsAt, renewalFails } = props.certificate;
  const { t, format } = useFormat();
  const now = useNow();
  return (
    <>
      {endsAt === undefined
        ? t('fleet.certificates.unknown')
        : t('fleet.certificates.ends', { when: format.when(endsAt, now) })}
      {renewalFails && ` ${t('fleet.certificates.notRenewed')}`}
    </>
  );
}
