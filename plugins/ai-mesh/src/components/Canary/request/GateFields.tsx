import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Fragment, type ReactNode } from 'react';
import { useAiMeshTranslation } from '../../../translation';
import { useTableStyles } from '../../Tables';
import { Field } from './Field';
import { fieldMessage } from './fieldMessages';
import {
  absoluteGates,
  type BoundsDraft,
  boundsOf,
  type GateKey,
  gateNames,
  shareBounds,
} from './gatesDraft';
import type { DraftProps } from './PlanFields';

const useStyles = makeStyles({
  gate: { display: 'flex', alignItems: 'center' },
  tick: { padding: 4 },
  // Closer than in other tables, so that no name breaks inside of a word.
  about: { '&&': { paddingRight: 4 } },
  bound: {
    '&&': { minWidth: 112, paddingRight: 4 },
    // A label that breaks lies upon the value.
    '& label': { whiteSpace: 'nowrap' },
  },
});

const gates = Object.keys(gateNames) as GateKey[];

/** What a canary is judged by, and from where on. */
export function GateFields(props: DraftProps) {
  const { draft, issues, onChange } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  const change = (
    gate: GateKey,
    part: Partial<(typeof draft.gates)[GateKey]>,
  ) =>
    onChange({
      gates: { ...draft.gates, [gate]: { ...draft.gates[gate], ...part } },
    });
  return (
    <div className={scroll}>
      <Table size="small" aria-label={t('canary.form.gates')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('canary.gates.gate')}</TableCell>
            <TableCell>{t('canary.gates.advanceWhen')}</TableCell>
            <TableCell>{t('canary.gates.rollBackWhen')}</TableCell>
            <TableCell>{t('canary.form.pastHalfWhen')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {gates.map(gate => {
            const name = t(`canary.gate.${gateNames[gate]}`);
            const { enabled } = draft.gates[gate];
            const bounds: BoundFieldsProps = {
              name,
              of: absoluteGates.includes(gate) ? 'percent' : 'times',
              bounds: draft.gates[gate],
              paths: boundsOf(gate),
              at: `gates.${gate}`,
              disabled: !enabled,
              issues,
              onChange: part => change(gate, part),
            };
            const title = (
              <div className={classes.gate}>
                <Checkbox
                  className={classes.tick}
                  size="small"
                  color="primary"
                  checked={enabled}
                  inputProps={{ 'aria-label': name }}
                  onChange={(_, checked) => change(gate, { enabled: checked })}
                />
                {name}
              </div>
            );
            if (gate !== 'latencyP99') {
              return <BoundFields key={gate} {...bounds} title={title} />;
            }
            return (
              <Fragment key={gate}>
                <BoundFields
                  {...bounds}
                  title={title}
                  of="slow"
                  bounds={draft.gates.slowShare}
                  paths={shareBounds}
                  at="gates.latencyP99.slowShare"
                  onChange={part =>
                    onChange({
                      gates: {
                        ...draft.gates,
                        slowShare: { ...draft.gates.slowShare, ...part },
                      },
                    })
                  }
                />
                <BoundFields
                  {...bounds}
                  title={t('canary.form.withoutHistogram')}
                />
              </Fragment>
            );
          })}
          <TableRow>
            <TableCell component="th" role="rowheader" scope="row">
              {t('canary.form.objective')}
            </TableCell>
            <TableCell colSpan={3}>
              <Field
                label={t('canary.form.objectiveMs')}
                value={draft.gates.objectiveMs}
                disabled={!draft.gates.latencyP99.enabled}
                help={t('canary.form.objectiveHelp')}
                error={fieldMessage('gates.latencyP99.objectiveMs', issues, t)}
                inputProps={{ inputMode: 'decimal' }}
                onChange={objectiveMs =>
                  onChange({ gates: { ...draft.gates, objectiveMs } })
                }
              />
            </TableCell>
          </TableRow>
        </TableBody>
      </Table>
    </div>
  );
}

interface BoundFieldsProps {
  /** Of the gate, for those who cannot see the row. */
  name: string;
  of: 'percent' | 'slow' | 'times';
  bounds: BoundsDraft;
  paths: ReturnType<typeof boundsOf>;
  /** The path of what has the bounds. */
  at: string;
  disabled: boolean;
  issues: DraftProps['issues'];
  onChange(part: Partial<BoundsDraft>): void;
}

const sides = ['advance', 'rollBack', 'margin'] as const;

/** A row of the table: what it is about, and its bounds. */
function BoundFields(props: BoundFieldsProps & { title: ReactNode }) {
  const { name, title, of, bounds, paths, at, disabled, issues, onChange } =
    props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <TableRow>
      <TableCell
        className={classes.about}
        component="th"
        role="rowheader"
        scope="row"
      >
        {title}
      </TableCell>
      {sides.map(side => {
        const value = bounds[side];
        const label =
          side === 'margin'
            ? t('canary.form.bound.margin')
            : t(`canary.form.bound.${side}.${of}`);
        const whole =
          side === 'margin'
            ? t('canary.form.marginOf', { gate: name })
            : `${name}: ${label}`;
        return (
          <TableCell key={side} className={classes.bound}>
            {value !== undefined && (
              <Field
                label={label}
                value={value}
                disabled={disabled}
                error={fieldMessage(`${at}.${paths[side]}`, issues, t)}
                inputProps={{
                  inputMode: 'decimal',
                  'aria-label': whole,
                }}
                onChange={text => onChange({ [side]: text })}
              />
            )}
          </TableCell>
        );
      })}
    </TableRow>
  );
}
