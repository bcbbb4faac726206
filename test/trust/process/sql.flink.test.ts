import { describe } from 'vitest';
import { sqlCases } from '../cases/sql.ts';
import { sqlEndingCases } from '../cases/sql-endings.ts';
import { withLearners } from '../learners.ts';
import { productFixture } from '../product.ts';
import { sqlLearners } from '../sql-learners.ts';

const product = productFixture('process');

describe('SQL on the process provider', () => {
  const learners = withLearners(product);
  const sql = sqlLearners(learners);
  sqlCases(learners, sql);
  sqlEndingCases(sql);
});
