import type { Slos } from '@ai-mesh/plugin-ai-mesh-common';
import { Link } from '@backstage/core-components';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import { useAiMeshTranslation } from '../../translation';
import { inARow, textSaid } from '../Figures';
import { Said } from '../Marks';
import { Terms } from '../Terms';
import { Downloads } from './Downloads';

const useStyles = makeStyles(theme => ({
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    padding: theme.spacing(2),
  },
  terms: { flex: '1 1 420px', minWidth: 0 },
}));

/** In which metrics the models were found, from what the objectives were reckoned, and ways out. */
export function SloHeader(props: { entityRef: string; slos: Slos }) {
  const { entityRef, slos } = props;
  const { dialect, recordingRules, links } = slos;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  return (
    <Paper variant="outlined" className={classes.header}>
      <div className={classes.terms}>
        <Terms
          terms={[
            {
              name: t('slos.dialect'),
              value: (
                <>
                  {inARow(
                    [
                      t(`slos.dialect.${dialect.chosenBy}`, {
                        name: dialect.name,
                      }),
                      dialect.alsoPresent.length > 0 &&
                        t('slos.dialect.also', {
                          names: dialect.alsoPresent.join(t('text.and')),
                        }),
                    ],
                    t,
                  )}
                  {dialect.notes.map((message, index) => (
                    <div key={message}>
                      <Said
                        of={{
                          message,
                          words: dialect.noteWords?.slice(index, index + 1),
                        }}
                      />
                    </div>
                  ))}
                </>
              ),
            },
            {
              name: t('slos.rules'),
              value: inARow(
                [
                  t(`slos.rules.${recordingRules.status}`),
                  textSaid(recordingRules, t),
                ],
                t,
              ),
            },
            ...(links.length > 0
              ? [
                  {
                    name: t('slos.links'),
                    value: links.map(({ title, url }, index) => (
                      <span key={url}>
                        {index > 0 && ' · '}
                        <Link to={url} translate="no">
                          {title}
                        </Link>
                      </span>
                    )),
                  },
                ]
              : []),
          ]}
        />
      </div>
      <Downloads
        entityRef={entityRef}
        clusters={[
          ...new Set(
            [...slos.models, ...slos.objectives].map(({ cluster }) => cluster),
          ),
        ]}
      />
    </Paper>
  );
}
