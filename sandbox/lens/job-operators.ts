/**
 * The operators of a Flink job, in the learner's terms. Flink chains operators that share a thread into one vertex; its plan lists
 * them line by line, and each has its own metrics.
 */
import type { JobDetails, PlanNode } from '#sandbox/services/flink/client/jobs.ts';
import { operatorDetail } from './operator-detail.ts';
import { operatorName } from './operator-name.ts';
import { operatorSays, sinkSays } from './operator-says.ts';

export interface JobOperator {
  id: string;
  vertex: string;
  /** Part of the names of its metrics: `[13]`, `per_minute[19]__Writer`, `Sink__Collect_table_sink`. */
  metricKey: string;
  /** The planner's number; null for an operator that the planner does not know. */
  number: number | null;
  /** `TableSourceScan`, `Calc`, `GroupAggregate`, `Writer`. */
  type: string;
  name: string;
  detail: string;
  /** One sentence of what it does to rows. */
  says: string;
  inputs: string[];
}

/** Flink's internal operators, which appear in no query. */
const HIDDEN = new Set(['ConstraintEnforcer', 'Committer', 'StreamRecordTimestampInserter', 'GlobalCommitter']);

/** Returns the operators, sources first, each after those that it reads from. */
export function jobOperators({ plan }: Pick<JobDetails, 'plan'>): JobOperator[] {
  const chains = new Map(inFlow(plan).map((node) => [node.id, chainOf(node)]));
  const tails = new Map(
    [...chains].map(([vertex, chain]) => [vertex, chain.filter(({ id }) => isTail(id, chain)).map(({ id }) => id)]),
  );
  const operators = plan.flatMap((node) => {
    const before = node.inputs.flatMap((vertex) => tails.get(vertex) ?? []);
    return (chains.get(node.id) ?? []).map((operator, index) => (index === 0 ? { ...operator, inputs: before } : operator));
  });
  const byId = new Map(operators.map((operator) => [operator.id, operator]));
  const shown = (id: string): string[] => {
    const operator = byId.get(id);
    return operator && HIDDEN.has(operator.type) ? operator.inputs.flatMap(shown) : [id];
  };
  const order = [...chains.values()].flat().map(({ id }) => id);
  return operators
    .filter(({ type }) => !HIDDEN.has(type))
    .map((operator) => ({ ...operator, inputs: [...new Set(operator.inputs.flatMap(shown))] }))
    .sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
}

/** Returns the vertices from source to sink; Flink lists them from the sink. */
function inFlow(plan: readonly PlanNode[]): PlanNode[] {
  const ordered: PlanNode[] = [];
  const visit = (node: PlanNode) => {
    if (ordered.includes(node)) return;
    for (const input of node.inputs) {
      const before = plan.find(({ id }) => id === input);
      if (before) visit(before);
    }
    ordered.push(node);
  };
  plan.forEach(visit);
  return ordered;
}

function isTail(id: string, chain: readonly JobOperator[]): boolean {
  return !chain.some(({ inputs }) => inputs.includes(id));
}

/** The lines of a description form a tree from the chain's head: an operator reads from the nearest less indented line above. */
function chainOf({ id: vertex, description }: PlanNode): JobOperator[] {
  const above: { depth: number; id: string }[] = [];
  return description
    .split(/<br\/?>/)
    .map(unescapeHtml)
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const depth = /^[\s:+-]*/.exec(line)?.[0].length ?? 0;
      while ((above.at(-1)?.depth ?? -1) >= depth) above.pop();
      const id = `${vertex}-${index}`;
      const inputs = above.slice(-1).map((parent) => parent.id);
      above.push({ depth, id });
      return { id, vertex, inputs, ...operatorOf(line.slice(depth).trim()) };
    });
}

function operatorOf(text: string): Omit<JobOperator, 'id' | 'vertex' | 'inputs'> {
  const planned = /^\[(\d+)\]:(\w+)(.*)$/s.exec(text);
  if (planned) {
    const [, number, type = '', rest = ''] = planned;
    const words = { name: operatorName(type), detail: operatorDetail(type, rest), says: operatorSays(type, rest) };
    return { metricKey: `[${number}]`, number: Number(number), type, ...words };
  }
  const metricKey = metricName(text);
  const written = /^(.*?)\[(\d+)\]: (\w+)$/s.exec(text);
  if (written) {
    const [, table = '', number, type = ''] = written;
    const isWriter = type === 'Writer';
    const words = { name: operatorName(type), detail: isWriter ? table : '', says: isWriter ? sinkSays(table) : '' };
    return { metricKey, number: Number(number), type, ...words };
  }
  if (text === 'Sink: Collect table sink') return named(metricKey, 'Collect', 'to this page');
  const numbered = /^(?:Source|Sink): (.*)\[(\d+)\]$/s.exec(text);
  const type = text.startsWith('Source') ? 'Source' : 'Sink';
  if (numbered) return { ...named(metricKey, type, numbered[1] ?? ''), number: Number(numbered[2]) };
  return named(metricKey, text, '');
}

function named(metricKey: string, type: string, detail: string): Omit<JobOperator, 'id' | 'vertex' | 'inputs'> {
  const says = type === 'Sink' ? sinkSays(detail) : operatorSays(type, '');
  return { metricKey, number: null, type, name: operatorName(type), detail, says };
}

/** Returns a name as metric names contain it: org.apache.flink.runtime.metrics.dump.MetricQueryService#replaceInvalidChars. */
export function metricName(text: string): string {
  return text.replace(/[ .:,]/g, '_');
}

function unescapeHtml(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
