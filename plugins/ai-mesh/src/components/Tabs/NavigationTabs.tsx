import { makeStyles } from '@material-ui/core/styles';
import { NavLink, type NavLinkProps } from 'react-router-dom';
import { useTones } from '../../theme';

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

/** Where a tab leads; `end`: it is the present one only at exactly that address. */
export interface NavigationTab {
  to: NavLinkProps['to'];
  end?: boolean;
  label: string;
}

/** Screens beside each other, each at an address of its own, as links that look like tabs. */
export function NavigationTabs(props: {
  label: string;
  tabs: readonly NavigationTab[];
}) {
  const { label: name, tabs } = props;
  const { accent } = useTones();
  const classes = useStyles();
  return (
    <nav aria-label={name}>
      <ul className={classes.list}>
        {tabs.map(({ to, end, label }) => (
          <li key={label}>
            <NavLink
              to={to}
              end={end}
              className={classes.link}
              style={({ isActive }) =>
                isActive ? { borderBottomColor: accent.mark } : undefined
              }
            >
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
