import type { Exercise } from '#sandbox/catalog/catalog.ts';
import type { RoundData } from '#sandbox/generators/round.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import { camelCase } from './camel-case.ts';
import { clusterFile } from './cluster-file.ts';

/**
 * All files of a workspace: what the learner may not change, then the learner's own. A file of the learner never replaces a
 * read-only one.
 *
 * @param files the learner's files by name; the starter's text stands in for an editable file that is missing
 */
export function programFiles(
  exercise: Exercise,
  files: Readonly<Record<string, string>>,
  round: RoundData,
): Record<string, string> {
  const editable = exercise.spec.files.map((name) => [name, files[name] ?? exercise.starter[name] ?? '']);
  return { ...Object.fromEntries(editable), ...readOnlyFiles(exercise, round) };
}

/**
 * What the editor shows beside the learner's files: the rest of `starter/`, and of a TypeScript exercise `cluster.ts` and the inputs as
 * modules.
 */
export function readOnlyFiles({ spec, starter }: Exercise, round: RoundData): Record<string, string> {
  const extra = Object.entries(starter).filter(([name]) => !spec.files.includes(name));
  if (spec.language === 'flink-sql') return Object.fromEntries(extra);
  const inputs = Object.entries(spec.inputs).filter(([, input]) => input.as === 'module');
  return {
    'cluster.ts': clusterFile(Object.keys(spec.topics)),
    ...Object.fromEntries(inputs.map(([name]) => [`${name}.ts`, inputModule(name, round.inputs[name] ?? [])])),
    ...Object.fromEntries(extra),
  };
}

/** The environment in which `cluster.ts` finds its brokers, credential and topics. */
export function clusterEnvironment({ address, others, tenant, topics }: ClusterAccess): Record<string, string> {
  const names = topics.map(({ logical, name, partitions }) => [camelCase(logical), { name, partitions }]);
  return { STREAMWRIGHT_CLUSTER: JSON.stringify({ ...address, others, ...tenant, topics: Object.fromEntries(names) }) };
}

/** How a program in the workspace reaches the broker `kafka` and those that it has beside it. */
export function brokersOf(
  workspace: Pick<Workspace, 'address'>,
  others: readonly string[],
): Pick<ClusterAccess, 'address' | 'others'> {
  const address = workspace.address('kafka');
  return others.length === 0 ? { address } : { address, others: others.map((name) => workspace.address(name)) };
}

interface ClusterAccess {
  address: ReturnType<Workspace['address']>;
  /** The other brokers, where there are several. */
  others?: readonly ReturnType<Workspace['address']>[] | undefined;
  tenant: Tenant;
  topics: readonly TenantTopic[];
}

function inputModule(name: string, items: readonly unknown[]): string {
  const lines = items.map((item) => `  ${JSON.stringify(item)},\n`).join('');
  return `// The input of this exercise. When your program is checked, other data stand here.\nexport const ${camelCase(name)} = [\n${lines}];\n`;
}
