import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { type ReactNode, Suspense, useRef } from 'react';
import { DocumentationLink, HelpButton, SkipLink, Tour } from '../Guide';
import { NavigationBar } from '../Tabs';
import { ScreenTabs } from './ScreenTabs';
import type { ScreenName } from './screens';

const useStyles = makeStyles({
  content: { outline: 'none' },
});

/** A screen below the way to the others, with the help that belongs to it. */
export function ScreenPage(props: {
  /** The one that this is, or that it lies below. */
  screen: ScreenName;
  /** The tab has no others: neither a way to them nor a tour. */
  alone?: boolean;
  children: ReactNode;
}) {
  const { screen, alone = false, children } = props;
  const classes = useStyles();
  const content = useRef<HTMLDivElement>(null);
  return (
    <>
      <SkipLink to={content} />
      <NavigationBar>
        {!alone && <ScreenTabs />}
        <DocumentationLink screen={screen} />
        <HelpButton screen={screen} />
      </NavigationBar>
      {!alone && <Tour screen={screen} />}
      <div ref={content} tabIndex={-1} className={classes.content}>
        <Suspense fallback={<Skeleton variant="rect" height={400} />}>
          {children}
        </Suspense>
      </div>
    </>
  );
}
