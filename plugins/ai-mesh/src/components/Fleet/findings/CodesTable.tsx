import type { FindingCode } from '@ai-mesh/plugin-ai-mesh-common';
import Button from '@material-ui/core/Button';
import { useAiMeshTranslation } from '../../../translation';
import { SeverityMark, severities } from '../../Review/SeverityMark';
import { SortableTable, type Column } from '../../Tables';
import { titleOf, type FoundCode } from './codesIn';

/** The codes side by side; one of them is chosen for what is below. */
export function CodesTable(props: {
  codes: FoundCode[];
  chosen?: FindingCode;
  onChoose: (code: FindingCode) => void;
}) {
  const { codes, chosen, onChoose } = props;
  const { t, language } = useAiMeshTranslation();
  const columns: Column<FoundCode>[] = [
    {
      id: 'code',
      title: t('fleet.findings.code'),
      sortBy: ({ code }) => code,
      render: ({ code }) => code,
    },
    {
      id: 'severity',
      title: t('review.filter.severity'),
      sortBy: ({ severity }) => severities.indexOf(severity),
      render: ({ severity }) => <SeverityMark severity={severity} />,
    },
    {
      id: 'title',
      title: t('fleet.findings.title'),
      sortBy: ({ code }) => titleOf(code, language),
      render: ({ code }) => titleOf(code, language),
    },
    {
      id: 'services',
      title: t('fleet.column.services'),
      align: 'right',
      sortBy: ({ rows }) => rows.length,
      render: ({ code, rows }) => (
        <Button
          size="small"
          color="primary"
          variant={code === chosen ? 'outlined' : 'text'}
          aria-pressed={code === chosen}
          aria-label={t('fleet.findings.show', { code, count: rows.length })}
          onClick={() => onChoose(code)}
        >
          {rows.length}
        </Button>
      ),
    },
  ];
  return (
    <SortableTable
      label={t('fleet.findings.table')}
      columns={columns}
      rows={codes}
      idOf={({ code }) => code}
      initialOrder={{ column: 'severity', direction: 'asc' }}
      selectedId={chosen}
    />
  );
}
