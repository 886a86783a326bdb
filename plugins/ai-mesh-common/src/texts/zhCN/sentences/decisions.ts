import type { decisionTextsEn } from '../../../words/texts/decisionsEn';

/** Why something that a person asks for or decides is not done, in Simplified Chinese. */
export const decisionTextsZhCN: Readonly<
  Record<keyof typeof decisionTextsEn, string>
> = {
  'act.refused':
    '处于“{{state}}”状态的金丝雀不允许“{{action}}”。它的页面说明了可以做什么。请在那里查看。',
  'act.refusedPaused':
    '处于“{{state}}”状态（{{cause}}）的金丝雀不允许“{{action}}”。它的页面说明了可以做什么。请在那里查看。',
  'act.noWeights': '没有可采纳的权重。请重新查看。',
  'act.noStep': '没有需要确认的步骤了。请重新查看。',
  'act.noConfirmation':
    '到 {{weight}}% 的步骤不需要确认。它会自行进行：请等待，或执行“前进”。',
  'act.movedOn':
    '自您查看以来金丝雀已有变化：现在是“{{state}}”（版本 {{version}}，您看到的是 {{yours}}）。请重新查看。',
  'act.routeTaken':
    '自它晋升以来，金丝雀 {{holder}} 已在其路由上开始。请先对后者作出决定。',
  'act.workedOn': '该金丝雀一直在被处理。请重试。',
  'act.person': '“{{action}}”须由人决定：请登录，或使用某人的令牌。',
  'act.own':
    '这个金丝雀是您自己请求的：须由他人批准。请找拥有 ai-mesh.canary.approve 权限的人；若没有其他人，可由门户的运维者设置 aiMesh.canary.requesterMayApprove。',
  'act.noCanary': '没有金丝雀 {{canary}}。请从金丝雀列表中取得其 id。',
  'act.noneSeen':
    '没有您可以查看的此金丝雀。请从金丝雀列表中取得其 id，或请求对其实体的 ai-mesh.read 权限。',

  'canaryState.requested': '等待批准',
  'canaryState.approved': '已批准',
  'canaryState.progressing': '进行中',
  'canaryState.paused': '已暂停',
  'canaryState.rollingBack': '正在回滚',
  'canaryState.promoted': '已晋升',
  'canaryState.rejected': '已拒绝',
  'canaryState.cancelled': '已取消',
  'canaryState.expired': '已过期',
  'canaryState.failed': '未能开始',
  'canaryState.rolledBack': '已回滚',
  'cause.person': '有人暂停了它',
  'cause.drift': '他人改动了权重',
  'cause.longest-hold': '停留太久',
  'cause.forbidden': '集群禁止写入',
  'cause.refused': '集群拒绝了改动',
  'cause.could-not-restore': '未能恢复之前的权重',
  'cause.not-proven': '归属不再得到证实',
  'action.approve': '批准',
  'action.reject': '拒绝',
  'action.cancel': '取消',
  'action.pause': '暂停',
  'action.resume': '继续',
  'action.advance': '前进',
  'action.rollBack': '回滚',
  'action.confirmStep': '确认步骤',
  'action.adoptDrift': '采纳他人的权重',
  'action.restoreDrift': '恢复自己的权重',
  'action.cleanUp': '清理',
  'action.undoCleanUp': '撤销清理',
  'action.undo': '撤销',

  'ask.noService':
    'service：{{entity}} 在集群“{{cluster}}”上没有服务 {{service}}。它有：{{services}}。',
  'ask.noServices': '无',
  'ask.sameVersion': 'canary：金丝雀版本必须不同于稳定版本',
  'ask.notOwn':
    '{{role}}：{{version}} 既不是命名空间 {{namespace}} 的 Service，也不属于 {{entity}}。请指明符合的版本。',
  'ask.noGate':
    'plan.qualityGates：没有门限 {{gates}}。已知的有 {{known}}。请指明其中之一，或请门户的运维者添加它（aiMesh.canary.gates）。',
  'ask.noGates':
    'plan.qualityGates：没有门限 {{gates}}。门户没有任何门限。请省略它，或请门户的运维者添加它（aiMesh.canary.gates）。',
  'ask.keyReused': 'idempotencyKey：您已把此键用于另一个请求。请换一个。',
  'ask.routeTaken':
    '该路由已被占用：金丝雀 {{holder}} 正在其上进行（/v1/canaries/{{holder}}）。请等它结束，或取消它。',
  'ask.inCluster': '在集群“{{cluster}}”中：',

  'fix.onlyAsker': '只有请求者可以收回它：其他人可以拒绝它。',
  'fix.own':
    '这个修复是您自己请求的：须由他人批准。请找拥有 ai-mesh.fix.apply 权限的人；若没有其他人，可由门户的运维者设置 aiMesh.canary.requesterMayApprove。',
  'fix.movedOn': '自您查看以来该修复已有变化：现在是“{{state}}”。请重新查看。',
  'fixState.requested': '等待批准',
  'fixState.approved': '已批准',
  'fixState.applied': '已应用',
  'fixState.undoing': '正在撤销',
  'fixState.undone': '已撤销',
  'fixState.rejected': '已拒绝',
  'fixState.cancelled': '已收回',
  'fixState.expired': '已过期',
  'fixState.failed': '失败',
  'fix.busy': '{{object}} 的另一个修复正在等待或写入。请先对它作出决定。',
  'fix.decided': '他人刚刚对此修复作出了决定。请重新查看。',
  'fix.none': '该实体没有这样的修复。请重新查看其审查结果。',
  'fix.gone': '审查结果中不再有此问题：请重新查看。',
  'fix.noStrict': '该实体不再有这样的 STRICT 清单：请重新查看。',
  'fix.noPromoted':
    '该实体没有此 id 的已晋升金丝雀。请从其金丝雀列表中取得 id。',
  'fix.followedOtherwise':
    '已针对该实体的其他内容跟踪此拉取请求。请为此另开一个。',
  'fix.otherCluster':
    '不再在集群“{{cluster}}”上查找该实体。请重新查看其审查结果。',
  'fix.mayNotGet':
    '门户不得读取集群“{{cluster}}”上命名空间 {{namespace}} 中的 {{kind}}。请授予其账号对它们的 get 权限。',
  'fix.oneGone': '审查结果中不再有其中一个问题：请重新查看。',
};
