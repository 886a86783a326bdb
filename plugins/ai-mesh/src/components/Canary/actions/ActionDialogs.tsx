import type { Canary, CanaryActionName } from '@ai-mesh/plugin-ai-mesh-common';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { ActionDialog } from './ActionDialog';
import type { Outlook } from './consequence';
import { type Conflict, newer } from './useAction';

/** An action that asks first. */
export interface AskedAction {
  canary: Canary;
  action: CanaryActionName;
  /** What came in between where it was asked for at one click. */
  conflict?: Conflict;
  outlook?: Outlook;
  onDone: () => void;
}

const AskContext = createContext<(asked: AskedAction) => void>(() => {
  throw new Error('Actions are asked about within ActionDialogs.');
});

/** Opens the dialog of an action. */
export const useAsk = () => useContext(AskContext);

/**
 * The dialog of an action belongs to the screen: what it was opened from may go, as a canary's card does when another ends,
 * while somebody writes why.
 */
export function ActionDialogs(props: {
  /** As the screen has them now. */
  canaries: readonly Canary[];
  children: ReactNode;
}) {
  const { canaries, children } = props;
  const [asked, setAsked] = useState<AskedAction>();
  const present = canaries.find(({ id }) => id === asked?.canary.id);
  return (
    <AskContext.Provider value={setAsked}>
      {children}
      {asked && (
        <ActionDialog
          {...asked}
          canary={present ? newer(present, asked.canary) : asked.canary}
          onClose={() => setAsked(undefined)}
        />
      )}
    </AskContext.Provider>
  );
}
