import Button from '@material-ui/core/Button';
import { type ReactNode, useId } from 'react';

/** What is shown on demand only, under the button that shows it. */
export function Disclosure(props: {
  open: boolean;
  show: string;
  hide: string;
  onToggle: () => void;
  children: ReactNode;
}) {
  const { open, show, hide, onToggle, children } = props;
  const id = useId();
  return (
    <div>
      <Button
        size="small"
        aria-expanded={open}
        aria-controls={id}
        onClick={onToggle}
      >
        {open ? hide : show}
      </Button>
      <div id={id} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
