/** One example of `forgeries.ts`, which runs in full on the other provider: what the log shows does not depend on where a program ran. */
import { expect, test } from 'vitest';
import type { Product } from '../learners.ts';
import { expectFailure, file, graded, LIMIT_MS } from '../submit.ts';

export function forgerySmoke(product: Product): void {
  test(
    'the reference solution passes, and a program with verdicts on its output passes nothing',
    async () => {
      expect(await graded(product, file('solution/main.ts'))).toMatchObject({ status: 'pass', score: 1 });
      await expectFailure(product, file('wrong/forged-report.ts'), /"status":"pass"/);
    },
    LIMIT_MS,
  );
}
