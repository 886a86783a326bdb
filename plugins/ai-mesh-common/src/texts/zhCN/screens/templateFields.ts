import type { templateFields as en } from '../../../screens/en/templateFields';

export const templateFields: Record<keyof typeof en, string> = {
  'template.version': '版本',
  'template.share': '{{version}} · 目前占流量的 {{share}}',
  'template.entityFirst': '请先选择实体。',
  'template.loading': '正在查询服务网格…',
  'template.partly': '并非所有集群都有响应：未列出其余集群中的内容。',
  'template.unreadable':
    '无法查询服务网格：{{why}}。请填写名称；模板的步骤会检查它。',
  'template.gone': '{{name}} 不存在（或已不再存在）：请另选一个。',
  'template.noService': '该实体在服务网格中没有可以移动流量的服务。',
  'template.whichService': '该实体有多个服务：请先选择其中一个。',
  'template.noVersion': '该服务没有可供选择的版本。',
};
