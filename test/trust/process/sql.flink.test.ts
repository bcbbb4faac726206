import { describe } from 'vitest';
import { SQL_LESSON } from '../../sandbox/sql-lesson.ts';
import { sqlCases } from '../cases/sql.ts';
import { productFixture } from '../product.ts';

describe('SQL on the process provider', () => {
  sqlCases(productFixture('process', { lessons: 'probe', extra: SQL_LESSON }));
});
