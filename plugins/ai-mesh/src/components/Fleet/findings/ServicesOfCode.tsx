import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { useAiMeshTranslation } from '../../../translation';
import { ChangesOfCode } from './ChangesOfCode';
import { titleOf, type FoundCode } from './codesIn';
import { CheckLine } from './CheckLine';
import { useChosen } from './useChosen';

/** As many the template's action takes. */
const MOST_SERVICES = 50;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    scrollMarginTop: theme.spacing(2),
  },
  list: { listStyle: 'none', margin: 0, padding: 0, columnWidth: 320 },
}));

/** Chooses in which of the services that have it a finding is to be mended, and shows what that changes. */
export function ServicesOfCode(props: { found: FoundCode }) {
  const { code, rows } = props.found;
  const { t, language } = useAiMeshTranslation();
  const classes = useStyles();
  const id = useId();
  const offered = rows.slice(0, MOST_SERVICES);
  const { isChosen, toggle } = useChosen();
  const chosen = offered
    .map(({ entityRef }) => entityRef)
    .filter(entityRef => isChosen(entityRef));
  // It is chosen in a table that may be longer than the screen.
  const section = useRef<HTMLElement>(null);
  const bringUp = useCallback(() => {
    section.current?.scrollIntoView?.();
  }, []);
  useEffect(bringUp, [bringUp]);
  const [looked, setLooked] = useState<string[]>();
  return (
    <section ref={section} className={classes.root} aria-labelledby={id}>
      <Typography id={id} variant="subtitle1" component="h2">
        {code}
        {t('text.colon')}
        {titleOf(code, language)}
      </Typography>
      <ul className={classes.list}>
        {offered.map(({ entityRef, title }) => (
          <li key={entityRef}>
            <CheckLine
              label={t('fleet.findings.choose', { name: title ?? entityRef })}
              checked={isChosen(entityRef)}
              onToggle={() => {
                toggle(entityRef);
                setLooked(undefined);
              }}
            >
              <EntityRefLink entityRef={entityRef} title={title} />
            </CheckLine>
          </li>
        ))}
      </ul>
      {rows.length > offered.length && (
        <Typography variant="body2">
          {t('fleet.findings.more', { count: rows.length - offered.length })}
        </Typography>
      )}
      <div>
        <Button
          color="primary"
          variant="outlined"
          disabled={chosen.length === 0}
          onClick={() => setLooked(chosen)}
        >
          {t('fleet.findings.look', { count: chosen.length })}
        </Button>
      </div>
      {looked && (
        <ChangesOfCode code={code} entityRefs={looked} onShown={bringUp} />
      )}
    </section>
  );
}
