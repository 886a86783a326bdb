import { makeStyles } from '@material-ui/core/styles';
import { NavLink } from 'react-router-dom';
import { useMoment, useWindow } from '../../hooks';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { screens } from './screens';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    margin: theme.spacing(0, 0, 2),
    padding: 0,
    listStyle: 'none',
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  link: {
    ...theme.typography.button,
    textTransform: 'none',
    display: 'block',
    padding: theme.spacing(1, 2),
    color: theme.palette.text.primary,
    borderBottom: '3px solid transparent',
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
    '&[aria-current]': { fontWeight: 700 },
  },
}));

/** The way from screen to screen; the time window and the moment go along. */
export function ScreenTabs() {
  const { t } = useAiMeshTranslation();
  const [window] = useWindow();
  const [at] = useMoment();
  const search = new URLSearchParams({
    ...(window !== '5m' && { window }),
    ...(at && { at }),
  }).toString();
  const { accent } = useTones();
  const classes = useStyles();
  return (
    <nav aria-label={t('screen.navigation')}>
      <ul className={classes.list}>
        {screens.map(screen => (
          <li key={screen}>
            <NavLink
              to={{
                pathname: `../${screen}`,
                search: search && `?${search}`,
              }}
              className={classes.link}
              style={({ isActive }) =>
                isActive ? { borderBottomColor: accent.mark } : undefined
              }
            >
              {t(`screen.${screen}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
