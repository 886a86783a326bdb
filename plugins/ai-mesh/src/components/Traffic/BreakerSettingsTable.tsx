import type { BreakerSettings } from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Fragment } from 'react';
import { useFormat } from '../../format';
import { ObjectButton, type OpenedObject } from '../Objects';
import { useTableStyles } from '../Tables';
import { breakerRows } from './breakerRows';

const useStyles = makeStyles(theme => ({
  setting: { fontFamily: 'monospace' },
  notSet: { color: theme.palette.text.secondary },
  group: { fontWeight: 700 },
}));

/** Circuit-breaker settings, a column a policy; Istio's own names, so that they are found in the YAML. */
export function BreakerSettingsTable(props: {
  breakers: BreakerSettings[];
  onOpen: (object: OpenedObject) => void;
}) {
  const { breakers, onOpen } = props;
  const { t, format } = useFormat();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  return (
    <div className={scroll}>
      <Table size="small" aria-label={t('traffic.breaker.settings')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('traffic.breaker.setting')}</TableCell>
            {breakers.map(({ subset, object }) => (
              <TableCell key={`${object.name} ${subset}`} align="right">
                <div>
                  {subset
                    ? t('traffic.breaker.policy.subset', { subset })
                    : t('traffic.breaker.policy.all')}
                </div>
                <ObjectButton
                  short
                  object={object}
                  onOpen={() => onOpen({ ref: object })}
                />
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {breakerRows(breakers, format).map(({ group, rows }) => (
            <Fragment key={group}>
              <TableRow>
                <TableCell
                  colSpan={breakers.length + 1}
                  className={classes.group}
                >
                  {t(`traffic.breaker.group.${group}`)}
                </TableCell>
              </TableRow>
              {rows.map(({ setting, values }) => (
                <TableRow key={setting}>
                  <TableCell
                    component="th"
                    role="rowheader"
                    scope="row"
                    className={classes.setting}
                  >
                    {setting}
                  </TableCell>
                  {values.map((value, index) => (
                    <TableCell
                      key={`${breakers[index].object.name} ${breakers[index].subset}`}
                      align="right"
                    >
                      {value ?? (
                        <span className={classes.notSet}>
                          {t('traffic.breaker.notSet')}
                        </span>
                      )}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </Fragment>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
