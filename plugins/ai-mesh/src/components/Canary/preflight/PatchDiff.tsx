import type { CanaryPreflight } from '@ai-mesh/plugin-ai-mesh-common';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTones } from '../../../theme';
import { Fragment } from 'react';
import { useAiMeshTranslation } from '../../../translation';
import { CopyButton } from '../../Figures';

const useStyles = makeStyles({
  scroll: { overflowX: 'auto' },
  /** The columns keep their widths, however long a value is. */
  table: { tableLayout: 'fixed', minWidth: 360 },
  place: { width: '36%' },
  before: { width: '22%' },
  code: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  /** Long values break; the headings above short ones do not. */
  heading: { whiteSpace: 'nowrap' },
});

/** Breaks where a part of the path begins, and within one only where it is longer than a line. */
function Path(props: { children: string }) {
  return (
    <>
      {props.children.split(/(?<=\.)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}

/** What the first write changes, place by place, and the patch itself to copy. */
export function PatchDiff(props: {
  preflight: Pick<CanaryPreflight, 'diff' | 'patch' | 'route'>;
}) {
  const { diff, patch, route } = props.preflight;
  const { t } = useAiMeshTranslation();
  const { failing, healthy } = useTones();
  const classes = useStyles();
  if (diff.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('canary.diff.none')}
      </Typography>
    );
  }
  const written = (sign: string, value: unknown) =>
    value === undefined ? '' : `${sign} ${JSON.stringify(value)}`;
  return (
    <div className={classes.scroll}>
      <Table
        size="small"
        className={classes.table}
        aria-label={t('canary.diff.title')}
      >
        <TableHead>
          <TableRow>
            <TableCell className={classes.place}>
              {route
                ? `${route.object.kind} ${route.object.name}`
                : t('canary.diff.place')}
            </TableCell>
            <TableCell className={`${classes.heading} ${classes.before}`}>
              {t('canary.diff.before')}
            </TableCell>
            <TableCell className={classes.heading}>
              {t('canary.diff.after')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {diff.map(({ path, before, after }) => (
            <TableRow key={path}>
              <TableCell className={classes.code}>
                <Path>{path}</Path>
              </TableCell>
              <TableCell
                className={classes.code}
                style={{ color: failing.text }}
              >
                {written('-', before)}
              </TableCell>
              <TableCell
                className={classes.code}
                style={{ color: healthy.text }}
              >
                {written('+', after)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <CopyButton
        text={JSON.stringify(patch, null, 2)}
        label={t('canary.diff.copy')}
      />
    </div>
  );
}
