import type { RoundData } from '#sandbox/generators/round.ts';
import type { Files } from '#sandbox/protocol/identifiers.ts';
import type { Workspace } from '#sandbox/providers/provider.ts';
import type { Tenant, TenantTopic } from '#sandbox/tenancy/tenancy.ts';
import type { WrittenExercise } from '../contract/exercise.ts';
import { editableFiles, starterOnly } from '../contract/starter-files.ts';
import { camelCase } from './camel-case.ts';
import { clusterFile } from './cluster-file.ts';

/**
 * Returns all files of a workspace: the read-only ones, then the learner's own. A learner's file never replaces a read-only one.
 *
 * @param files the learner's files by name; the starter's text replaces a missing editable file
 */
export function programFiles(exercise: WrittenExercise, files: Readonly<Files>, round: RoundData): Files {
  const editable = editableFiles(exercise, files).map(({ name, text }) => [name, text]);
  return { ...Object.fromEntries(editable), ...readOnlyFiles(exercise, round) };
}

/** Returns the files that the editor shows with the learner's: `cluster.ts`, the inputs as modules, and the rest of `starter/`. */
export function readOnlyFiles(exercise: WrittenExercise, round: RoundData): Files {
  const { topics, inputs } = exercise.spec;
  const modules = Object.keys(inputs).filter((name) => inputs[name]?.as === 'module');
  return {
    'cluster.ts': clusterFile(Object.keys(topics)),
    ...Object.fromEntries(modules.map((name) => [`${name}.ts`, inputModule(name, round.inputs[name] ?? [])])),
    ...starterOnly(exercise),
  };
}

/** Returns the environment from which `cluster.ts` reads its brokers, credential and topics. */
export function clusterEnvironment({ address, others, tenant, topics, timeLimitMs }: ClusterAccess): Record<string, string> {
  const names = topics.map(({ logical, name, partitions }) => [camelCase(logical), { name, partitions }]);
  const cluster = { ...address, others, ...tenant, timeLimitMs, topics: Object.fromEntries(names) };
  return { STREAMWRIGHT_CLUSTER: JSON.stringify(cluster) };
}

/** Returns how a program in the workspace reaches the broker `kafka` and the other brokers. */
export function brokersOf(
  workspace: Pick<Workspace, 'address'>,
  others: readonly string[],
): Pick<ClusterAccess, 'address' | 'others'> {
  const address = workspace.address('kafka');
  return others.length === 0 ? { address } : { address, others: others.map((name) => workspace.address(name)) };
}

interface ClusterAccess {
  address: ReturnType<Workspace['address']>;
  /** The other brokers, when there are several. */
  others?: readonly ReturnType<Workspace['address']>[] | undefined;
  tenant: Tenant;
  topics: readonly TenantTopic[];
  /** When the program is ended, ms after its start. */
  timeLimitMs?: number;
}

function inputModule(name: string, items: readonly unknown[]): string {
  const lines = items.map((item) => `  ${JSON.stringify(item)},\n`).join('');
  return `// The input of this exercise. Check replaces it with other data.\nexport const ${camelCase(name)} = [\n${lines}];\n`;
}
