import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { useAiMeshTranslation } from '../../translation';
import type { ScreenName } from '../AiMeshTab/screens';
import { Notice } from '../Marks';
import { tour, TOUR_PARAMETER } from './tour';
import { useTourOffer } from './useTourOffer';

const useStyles = makeStyles(theme => ({
  tour: {
    marginBottom: theme.spacing(2),
    '@media print': { display: 'none' },
  },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
}));

/** Five screens with a sentence on each: offered once, and shown where the address asks for it. */
export function Tour(props: { screen: ScreenName }) {
  const { screen } = props;
  const { t } = useAiMeshTranslation();
  const classes = useStyles();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const { isOffered, answer } = useTourOffer();
  const step = Number(params.get(TOUR_PARAMETER));
  const go = (to: number) => {
    const search = new URLSearchParams(params);
    search.set(TOUR_PARAMETER, String(to));
    navigate({ pathname: `../${tour[to - 1]}`, search: `${search}` });
  };
  const end = () => {
    const search = new URLSearchParams(params);
    search.delete(TOUR_PARAMETER);
    setParams(search);
  };

  if (tour[step - 1] === screen) {
    return (
      <div className={classes.tour}>
        <Notice
          tone="accent"
          title={t('tour.step', {
            screen: t(`screen.${screen}`),
            step: String(step),
            steps: String(tour.length),
          })}
        >
          {t(`guide.about.${screen}`)}
          <div className={classes.buttons}>
            {step > 1 && (
              <Button size="small" onClick={() => go(step - 1)}>
                {t('tour.back')}
              </Button>
            )}
            {step < tour.length && (
              <Button
                size="small"
                variant="outlined"
                onClick={() => go(step + 1)}
              >
                {t('tour.next')}
              </Button>
            )}
            <Button size="small" onClick={end}>
              {t('tour.end')}
            </Button>
          </div>
        </Notice>
      </div>
    );
  }
  if (!isOffered) {
    return null;
  }
  return (
    <div className={classes.tour}>
      <Notice tone="accent" title={t('tour.offer')}>
        {t('tour.offerBody')}
        <div className={classes.buttons}>
          <Button
            size="small"
            variant="outlined"
            onClick={() => {
              answer();
              go(1);
            }}
          >
            {t('tour.start')}
          </Button>
          <Button size="small" onClick={answer}>
            {t('tour.decline')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
