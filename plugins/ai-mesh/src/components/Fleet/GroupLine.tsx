import { joinValues } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import ClosedIcon from '@material-ui/icons/ChevronRight';
import OpenIcon from '@material-ui/icons/ExpandMore';
import { useAiMeshTranslation } from '../../translation';
import { nameOfRef } from './columns';
import type { FleetLine } from './groupRows';
import type { ChosenFleet } from './useFleetChoices';

const useStyles = makeStyles(theme => ({
  cell: {
    paddingTop: 0,
    paddingBottom: 0,
    height: 41,
    backgroundColor: theme.palette.background.default,
  },
  name: { textTransform: 'none', fontWeight: 'bold' },
}));

/** The heading of a group: how many it has, how many of them hurt, and only them by a link. */
export function GroupLine(props: {
  group: Extract<FleetLine, { kind: 'group' }>;
  /** Of all lines. */
  index: number;
  columns: number;
  choices: ChosenFleet;
}) {
  const { group, index, columns, choices } = props;
  const { grouping, fold, choose } = choices;
  const { of, closed, services, hurting, unknown, more } = group;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const name =
    of === '' ? t(`fleet.group.without.${grouping!}`) : nameOfRef(of);
  const counts = more
    ? [t('fleet.group.more')]
    : [
        t('fleet.group.services', { count: services }),
        t('fleet.group.hurting', { count: hurting }),
        unknown > 0 && t('fleet.group.unknown', { count: unknown }),
      ].filter(Boolean);
  return (
    <TableRow aria-rowindex={index + 2}>
      <TableCell colSpan={columns} className={classes.cell}>
        <Button
          size="small"
          className={classes.name}
          startIcon={closed ? <ClosedIcon /> : <OpenIcon />}
          aria-expanded={!closed}
          onClick={() => fold(of)}
        >
          {name}
        </Button>{' '}
        {counts.join(t('text.and'))}
        {of !== '' && (
          <>
            {' '}
            <Button
              size="small"
              className={classes.name}
              aria-label={t('fleet.group.onlyOf', { name })}
              onClick={() => choose({ [grouping!]: joinValues([of]) })}
            >
              {t('fleet.group.only')}
            </Button>
          </>
        )}
      </TableCell>
    </TableRow>
  );
}
