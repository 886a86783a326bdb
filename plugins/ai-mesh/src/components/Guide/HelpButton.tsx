import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import HelpIcon from '@material-ui/icons/HelpOutline';
import { useEffect, useState } from 'react';
import { useAiMeshTranslation } from '../../translation';
import type { ScreenName } from '../AiMeshTab/screens';
import { HelpDialog } from './HelpDialog';

/** Opens what there is to say of a screen, as `?` does. */
export function HelpButton(props: { screen: ScreenName }) {
  const { screen } = props;
  const { t } = useAiMeshTranslation();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event.target)) {
        setOpen(true);
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      <Tooltip title={t('guide.open')}>
        <IconButton
          size="small"
          aria-label={t('guide.open')}
          aria-keyshortcuts="?"
          onClick={() => setOpen(true)}
        >
          <HelpIcon fontSize="small" />
        </IconButton>
      </Tooltip>
      <HelpDialog
        screen={screen}
        open={isOpen}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

/** Whether a key belongs to a field or to a dialog that is open. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="dialog"]',
    ) !== null
  );
}
