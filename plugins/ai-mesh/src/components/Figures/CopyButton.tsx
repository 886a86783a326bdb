import Button from '@material-ui/core/Button';
import CheckIcon from '@material-ui/icons/Check';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useState } from 'react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import { useAiMeshTranslation } from '../../translation';

/** Copies a text, and says that it did. */
export function CopyButton(props: { text: string; label: string }) {
  const { text, label } = props;
  const { t } = useAiMeshTranslation();
  const [, copy] = useCopyToClipboard();
  const [copied, setCopied] = useState<string>();
  const done = copied === text;
  return (
    <Button
      size="small"
      startIcon={
        done ? <CheckIcon fontSize="small" /> : <CopyIcon fontSize="small" />
      }
      onClick={() => {
        copy(text);
        setCopied(text);
      }}
    >
      <span aria-live="polite">{done ? t('figure.copied') : label}</span>
    </Button>
  );
}
