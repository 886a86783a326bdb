import type {
  Authorization,
  Measured,
  Operation,
} from '@ai-mesh/plugin-ai-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useAiMeshTranslation } from '../../../translation';
import type { OpenedObject } from '../../Objects';
import { useTableStyles } from '../../Tables';
import { callerName } from '../CallerName';
import { DecisionButton } from './DecisionButton';

type Rows = Extract<
  Authorization['callers'],
  Measured<unknown> & { status: 'known' }
>['value'];

const useStyles = makeStyles(theme => ({
  // Who calls stays in sight while the operations scroll by.
  caller: {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    backgroundColor: theme.palette.background.paper,
  },
  operation: { fontFamily: 'monospace', fontWeight: 'normal' },
}));

/** Observed callers by the kinds of request that policies and routes tell apart; each answer says why. */
export function AccessMatrix(props: {
  operations: Operation[];
  callers: Rows;
  /** That of the called service. */
  cluster: string;
  onOpen: (object: OpenedObject) => void;
}) {
  const { operations, callers, cluster, onOpen } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const { scroll } = useTableStyles();
  const labelOf = ({ from, label }: Operation) =>
    from === 'rest' || label === '' ? t('security.matrix.rest') : label;
  return (
    <>
      <Typography variant="body2" gutterBottom>
        {t('security.matrix.help')}
      </Typography>
      <div className={scroll}>
        <Table size="small" aria-label={t('security.matrix.title')}>
          <TableHead>
            <TableRow>
              <TableCell className={classes.caller}>
                {t('security.callers.caller')}
              </TableCell>
              {operations.map(operation => (
                <TableCell key={operation.id} className={classes.operation}>
                  {labelOf(operation)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {callers.map(({ caller, decisions }) => (
              <TableRow key={caller.id}>
                <TableCell
                  component="th"
                  role="rowheader"
                  scope="row"
                  className={classes.caller}
                >
                  {callerName(caller, t, cluster)}
                </TableCell>
                {decisions.map((decision, index) => (
                  <TableCell key={operations[index].id}>
                    <DecisionButton
                      decision={decision}
                      question={t('security.matrix.question', {
                        caller: callerName(caller, t, cluster),
                        operation: labelOf(operations[index]),
                      })}
                      onOpen={onOpen}
                    />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </>
  );
}
