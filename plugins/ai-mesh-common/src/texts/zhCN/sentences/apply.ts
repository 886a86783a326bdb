import type { applyTextsEn } from '../../../words/texts/applyEn';

/** Why a fix is not written into the cluster, or what became of it, in Simplified Chinese. */
export const applyTextsZhCN: Readonly<
  Record<keyof typeof applyTextsEn, string>
> = {
  'apply.noPatch':
    '它不是对一个已有对象的修改：请发起拉取请求，或手动应用清单。',
  'apply.kind':
    '在此只修改 VirtualService 或 DestinationRule：{{kind}} 的影响范围无法由其主机名判断。请发起拉取请求。',
  'apply.beyondSpec':
    '它修改的不止是 {{object}} 的 spec，在此不予执行。请发起拉取请求。',
  'apply.unclearHost':
    '{{object}} 用于 {{host}}，它并不指明单个 Service：无法判断修改会影响谁的流量。请发起拉取请求。',
  'apply.others':
    '{{object}} 也用于 Service {{service}}，没有证据表明它属于 {{entity}}。请发起拉取请求，由该 Service 的运维者查看。',
  'apply.argo':
    '{{object}} 由 Argo CD 管理：它会收回这一修改。请在其存放之处修改：发起拉取请求。',
  'apply.flux':
    '{{object}} 由 Flux 管理：它会收回这一修改。请在其存放之处修改：发起拉取请求。',
  'apply.helm':
    '{{object}} 由 Helm 管理：下一次升级发布会收回这一修改。请修改该发布的值。',
  'apply.operator':
    '{{object}} 由 {{owner}} 管理：它会收回这一修改。请改为修改后者。',
  'apply.appliers':
    '{{managers}} 以服务端方式应用了 {{object}}：它的下一次应用会与此修改冲突，若强制冲突则会收回修改。请在那里也做同样的修改。',
  'apply.canary': '金丝雀 {{canary}} 正在 {{object}} 上运行：请等它结束。',
  'apply.changed':
    '自请求修复以来，{{object}} 已被修改：没有写入任何内容。请重新查看审查结果。',
  'apply.already': '{{object}} 已与修复后的样子相同：没有写入任何内容。',
  'apply.unclear':
    '{{object}} 既不是之前的样子，也不是修复后的样子：门户写入时有人修改了它。不再写入任何内容；请查看该对象。',
  'apply.undoChanged':
    '没有撤销：{{object}} 在应用修复之后已被修改，不会覆盖他人写入的内容。请手动修改，或发起拉取请求。',
  'apply.notUndone': '没有撤销：',
  'apply.again': '将会重试：',
  'apply.unanswered':
    '太久无法访问该集群：没有写入任何内容。请在它恢复响应后再次请求该修复。',
  'apply.noCluster':
    '门户不再有可以写入的集群“{{cluster}}”。请询问门户的运维者，或发起拉取请求。',
};
