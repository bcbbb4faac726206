/** A broker of its own that dies or freezes while a program is judged. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gradingParts } from '#sandbox/app/grading-parts.ts';
import { openParts, type Parts } from '#sandbox/app/parts.ts';
import type { Stack } from '#sandbox/app/stack.ts';
import { loadCatalog } from '#sandbox/catalog/load.ts';
import { PROJECT_DIR, readConfig } from '#sandbox/config.ts';
import { gradeSubmission } from '#sandbox/grading/grade.ts';
import type { SandboxProvider } from '#sandbox/providers/provider.ts';

const config = readConfig();
let dir = '';
let parts: Parts;
let stack: Stack;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'streamwright-broker-'));
  parts = await openParts({ config, dir, graders: 1, onFault: () => undefined });
  stack = await parts.stack.ready();
});
afterAll(async () => {
  await parts[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

/** The stack's provider, which does something as soon as a program of a learner prints its first line. */
function providerThat(strike: () => void): SandboxProvider {
  const openWorkspace: SandboxProvider['openWorkspace'] = async (options) => {
    const workspace = await stack.provider.openWorkspace(options);
    return {
      ...workspace,
      run: (program, running) =>
        workspace.run(program, {
          ...running,
          onOutput: (chunk) => {
            strike();
            running.onOutput(chunk);
          },
        }),
    };
  };
  return { ...stack.provider, openWorkspace };
}

async function grade(program: string, strike: () => void) {
  const exercise = (await loadCatalog(join(PROJECT_DIR, 'lessons'))).exercise('log/append');
  const faults: unknown[] = [];
  const report = await gradeSubmission({
    ...gradingParts(parts, stack),
    provider: providerThat(strike),
    // None from the pool: each is opened by the provider above.
    workspaces: undefined,
    exercise,
    files: { 'main.ts': program },
    submissionId: 's1',
    queuedAt: new Date(),
    config,
    signal: new AbortController().signal,
    onFault: (error) => faults.push(error),
  });
  return { report, faults };
}

const once = (act: () => void) => {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
};
const solution = async () =>
  `console.log('begins');\n${await readFile(join(PROJECT_DIR, 'lessons/01-log/01-append/solution/main.ts'), 'utf8')}`;

test('a broker that is killed while a right program runs costs it nothing', { timeout: 120_000 }, async () => {
  const { report } = await grade(
    await solution(),
    once(() => process.kill(stack.broker.pid, 'SIGKILL')),
  );
  expect(report.status).toBe('pass');
});

test("a broker that freezes until the program's time is up is a Streamwright error, and the second attempt decides", {
  timeout: 120_000,
}, async () => {
  let thaw: NodeJS.Timeout | undefined;
  const { report, faults } = await grade(
    await solution(),
    once(() => {
      const { pid } = stack.broker;
      process.kill(pid, 'SIGSTOP');
      thaw = setTimeout(() => process.kill(pid, 'SIGCONT'), 20_000);
    }),
  );
  clearTimeout(thaw);
  expect(faults).toHaveLength(1);
  expect(report.status).toBe('pass');
});
