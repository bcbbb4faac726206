/** The next cases of group S: programs that turn against what runs them, and against the run that comes after. */
import { describe, expect, test } from 'vitest';
import { attack } from '../attack.ts';
import type { Product } from '../learners.ts';
import { processesOf } from '../traces.ts';

export function moreSandboxCases(product: Product): void {
  describe('against what runs it', () => {
    test('signals to every process that it sees end only the program', async () => {
      const { run, said } = await attack(product, 'kill-all');
      expect(said[0]).toMatchObject({ others: expect.any(Number), answers: expect.any(Array) });
      expect(said[0].answers.length).toBe(3 * said[0].others);
      expect(run.result?.kind).toBe('exited');
      expect((await attack(product, 'what-is-left')).said[0]).toMatchObject({ room: ['ok', 'ok'] });
    });

    test("bytes that look like the sandbox's own protocol, on every pipe that can be opened, are only output", async () => {
      const { run, said, output } = await attack(product, 'forge');
      expect(said.at(-1).written).toBeGreaterThan(3);
      expect(output).toContain('"type":"result"');
      expect(run.result).toMatchObject({ kind: 'exited', exitCode: 7 });
    });

    test('a program that deletes whatever it can reach harms only itself', async () => {
      const { said } = await attack(product, 'delete-everything');
      expect(said[0]).toMatchObject({ mine: false, node: true });
      expect(said[0].tried).toBeGreaterThan(3);
      expect((await attack(product, 'control')).said[0]).toMatchObject({ value: 'mine' });
    });
  });

  describe('against the run that comes after', () => {
    test('processes that start each other faster than they can be listed all end', async () => {
      const { run, said } = await attack(product, 'fork-chain');
      expect(run.result).toMatchObject({ kind: 'exited', exitCode: 0 });
      expect(said[0].generations).toBeGreaterThan(4);
    });

    test('links, pipes, sparse, locked and endlessly deep files are gone, and no link was followed', async () => {
      const { said } = await attack(product, 'strange-files', {
        given: { canary: product.canaries.paths[0], folder: product.canaries.folder },
      });
      const made: Record<string, string> = said[0];
      const worked = Object.entries(made).flatMap(([name, answer]) => (answer === 'ok' ? [name] : []));
      for (const name of ['file-link', 'folder-link', 'root-link', 'line-end', 'long', 'locked', 'deep']) {
        expect(worked).toContain(`/tmp/${name}`);
        expect(worked).toContain(`/workspace/${name}`);
      }
      // A container has a limit of the size of a file besides.
      for (const folder of ['/tmp', '/workspace']) expect(made[`${folder}/sparse`]).toMatch(/^(ok|EFBIG)$/);
      expect((await attack(product, 'what-is-left')).said[0]).toMatchObject({ left: [], room: ['ok', 'ok'] });
    });

    test('a million empty files delay neither the end of the run nor the next one', async () => {
      const { run, said } = await attack(product, 'many-files', { brief: true });
      expect(said.some(({ made }) => made > 3000)).toBe(true);
      expect(run.result?.kind).toMatch(/^(exited|timed-out|out-of-memory)$/);
      expect((await attack(product, 'what-is-left')).said[0]).toMatchObject({ left: [], room: ['ok', 'ok'] });
    });
  });

  describe('endings', () => {
    const exited = (exitCode: number | ReturnType<typeof expect.any>) => ({ kind: 'exited', exitCode });
    const endings: [how: string, result: object][] = [
      ['abort', exited(134)],
      ['segmentation fault', exited(139)],
      ['stack', exited(1)],
      ['rejection', exited(1)],
      ['exit 256', exited(0)],
      ['never settles', exited(13)],
      ['closed output', exited(expect.any(Number))],
      ['string too long', exited(1)],
      ['broken prototype', exited(expect.any(Number))],
      ['stopped', { kind: 'timed-out' }],
      ['endless microtasks', { kind: 'timed-out' }],
    ];
    test.each(endings)('a program that ends by "%s" ends as such, in time', async (how, result) => {
      const { run, said } = await attack(product, 'crash', {
        given: { how },
        brief: 'kind' in result && result.kind === 'timed-out',
      });
      expect(said[0]).toEqual({ how });
      expect(run.result).toMatchObject(result);
    });

    test('bytes that are not text, terminal commands, markup and half an event are shown as text', async () => {
      const { run, said, output } = await attack(product, 'hostile-output');
      expect(run.result).toMatchObject({ kind: 'exited', exitCode: 0 });
      expect(said.at(-1)).toEqual({ printed: 2000 });
      expect(output).toContain('<script>window.__p=1</script>');
      expect(output).toContain('\uFFFD');
      expect(processesOf('hostile-output')).toEqual([]);
    });
  });
}
