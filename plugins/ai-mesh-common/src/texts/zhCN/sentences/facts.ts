import type { factTextsEn } from '../../../words/texts/factsEn';

/** Why a fact is not known, in Simplified Chinese. */
export const factTextsZhCN: Readonly<Record<keyof typeof factTextsEn, string>> =
  {
    'facts.computedLast': '上次计算于 {{at, moment}}。',
    'facts.lookedLast': '上次查看于 {{at, moment}}。',
    'facts.noTurnYet': '尚未轮到此实体。',
    'facts.databaseAway': '门户的数据库目前不可用，因此不知道已存储的内容。',
    'facts.readingCluster': '集群“{{cluster}}”尚未完全读取。',
    'facts.nothingFound': '没有找到与 {{annotation}}: {{value}} 对应的对象。',
    'facts.noObjectives': '该实体没有目标。',
    'facts.promisesUnseen': '在现有序列中看不到 OpenSLO 文档所承诺的任何内容。',
    'facts.young':
      '{{name}} 的全部事件都发生在其 {{period, span}} 周期的最近 {{within, span}} 内：数据尚少，不足以评判。',
    'facts.noMonthlyAvailability': '该实体没有 30 天滚动周期的可用性目标。',
    'facts.noModels': '没有该实体的任何模型的序列。',
    'facts.currencies': '各模型以多种货币计费，无法相加：{{currencies}}。',
    'facts.noWorkload': '该服务没有已知的工作负载。',
    'facts.noCertificate': '没有工作负载持有网格的证书。',
    'facts.noPod': '有一个工作负载没有可供判断的 Pod。',
    'facts.noTimeout': '通往这些服务的路由都没有超时。',
    'facts.noCanary': '最近 90 天内没有金丝雀移动过流量。',
    'facts.canariesForgotten':
      '已结束的金丝雀只保留 {{kept, span}}（aiMesh.canary.history.keepFor）：最近 90 天内更早结束的情况未知。',
  };
