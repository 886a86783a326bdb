import { makeStyles } from '@material-ui/core/styles';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { between, Code } from '../Figures';
import { Unseen } from '../Marks';
import { diffYaml } from './diffYaml';

const signs = { added: '+', removed: '−', same: ' ' } as const;

const useStyles = makeStyles(theme => ({
  line: { display: 'block', minHeight: '1.4em', padding: theme.spacing(0, 1) },
}));

/** What a fix changes in an object, line by line. */
export function FixDiff(props: {
  kind: string;
  name: string;
  /** Absent where the object is created. */
  before?: string;
  after: string;
}) {
  const { kind, name, before, after } = props;
  const { t } = useAiMeshTranslation();
  const tones = useTones();
  const classes = useStyles();
  const washes = {
    added: tones.healthy.wash,
    removed: tones.failing.wash,
    same: undefined,
  };
  return (
    <Code label={t('review.fix.diff', { kind, name })}>
      {diffYaml(before, after).map((line, index) => (
        <code
          key={index}
          className={classes.line}
          style={line && { backgroundColor: washes[line.kind] }}
        >
          {line && line.kind !== 'same' && (
            <Unseen>
              {t(`review.fix.${line.kind}`)}
              {between(t)}
            </Unseen>
          )}
          <span aria-hidden>{line ? signs[line.kind] : '⋯'} </span>
          {line?.text}
        </code>
      ))}
    </Code>
  );
}
