import type { keptTextsEn } from '../../../words/texts/keptEn';

/** Where in Git an object is kept, what became of what was proposed there, or why that is not known, in Simplified Chinese. */
export const keptTextsZhCN: Readonly<Record<keyof typeof keptTextsEn, string>> =
  {
    'kept.tracker': '集群“{{cluster}}”上的 {{kind}} {{namespace}}/{{name}}',
    'kept.argoCd': '由 Argo CD 跟踪：{{tracker}}。',
    'kept.flux': '由 Flux 跟踪：{{tracker}}。',
    'kept.annotation': '由注解 ai-mesh.io/source 给出。',
    'kept.entity': '对象本身没有说明存放在哪里：这是实体自己的源。',
    'kept.files': '请在那里修改其文件，否则在集群中所做的修改会被收回。',
    'kept.kustomize':
      '它由 Kustomize 用 base 和补丁生成：请修改含有该设置的那一个。',
    'kept.template':
      '它由 Helm chart 的模板生成，模板无法安全地编辑：请修改 values。',
    'kept.chart':
      '它由 Helm chart 的模板生成，模板无法安全地编辑：请修改该 release 的 values。',
    'kept.badAnnotation':
      '注解 ai-mesh.io/source 不是仓库的地址，正确的写法形如 https://github.com/acme/deployments/tree/main/chat。',
    'kept.untracked':
      'Argo CD、Flux 和注解都没有说明它存放在哪里。可以用注解 ai-mesh.io/source 说明。',
    'kept.notIts': '对象称自己由{{tracker}} 管理，而后者没有列出它。',
    'kept.several': '{{tracker}} 有多个来源，且没有说明它来自哪一个。',
    'kept.noRepository': '{{tracker}} 没有给出可识别的仓库。',
    'kept.absent': '对象称自己由{{tracker}} 管理，但没有找到它。',
    'kept.unread': '无法读取{{tracker}}：{{reason}}。',
    'kept.repositoryUnread':
      '{{tracker}} 所用的 GitRepository {{repository}} 无法读取。',
    'kept.tooMany': '一次审查最多查找 {{most}} 个部署。',
    'kept.noCluster': '没有可以询问的集群。',

    'pull.noHost':
      '该 url 不属于此门户的任何 Git 主机：只跟踪其配置中 integrations 下的主机。请让门户的运维者在那里添加它。',
    'pull.noPull':
      '该 url 不是拉取请求：使用 {{title}} 页面的主机，其写法应形如 {{example}}。',
    'pull.unsupported': '只跟踪以下平台的拉取请求：{{hosts}}。',
    'pull.absent': '{{host}} 上没有门户的令牌可以看到的这个拉取请求。',
    'pull.refused': '{{host}} 拒绝了门户的令牌（{{status}}）。',
    'pull.answered': '{{host}} 返回了 {{status}}。',
    'pull.garbled': '{{host}} 的响应不符合 {{title}} 的 API。',
    'pull.late': '{{host}} 没有在 {{seconds}} 秒内响应。',
    'pull.unasked': '无法询问 {{host}}：{{why}}。',
    'pull.tokenLate': '门户没有在 {{seconds}} 秒内得到用于它的令牌',
    'pull.noToken': '门户按其配置中的 integrations 没有得到用于它的令牌',
    'pull.noTokenBecause':
      '门户按其配置中的 integrations 没有得到用于它的令牌（{{because}}）',
    'pull.badToken':
      '门户配置中 integrations 里用于它的令牌含有无法发送的字符，例如换行',
  };
