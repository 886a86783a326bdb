import { Content, Header, Page } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { NavLink, Route, Routes } from 'react-router-dom';
import { useTones } from '../../theme';
import { useAiMeshTranslation } from '../../translation';
import { ContestedClaimsView } from '../Ownership/ContestedClaimsView';
import { FleetView } from './FleetView';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
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

/** The mesh of all entities: one table of them, and what is wrong with whose they are. */
export function FleetPage() {
  const { t } = useAiMeshTranslation();
  const { accent } = useTones();
  const classes = useStyles();
  const tab = (to: string, label: string) => (
    <li>
      <NavLink
        to={to}
        end
        className={classes.link}
        style={({ isActive }) =>
          isActive ? { borderBottomColor: accent.mark } : undefined
        }
      >
        {label}
      </NavLink>
    </li>
  );
  return (
    <Page themeId="tool">
      <Header title={t('fleet.title')} subtitle={t('fleet.subtitle')} />
      <Content>
        <nav aria-label={t('fleet.navigation')}>
          <ul className={classes.list}>
            {tab('.', t('fleet.tab.services'))}
            {tab('contested', t('ownership.page.title'))}
          </ul>
        </nav>
        <Routes>
          <Route path="/" element={<FleetView />} />
          <Route path="contested" element={<ContestedClaimsView />} />
        </Routes>
      </Content>
    </Page>
  );
}
