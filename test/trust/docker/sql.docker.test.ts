import { describe } from 'vitest';
import { SQL_LESSON } from '../../sandbox/sql-lesson.ts';
import { sqlCases } from '../cases/sql.ts';
import { productFixture } from '../product.ts';

describe('SQL in containers', () => {
  sqlCases(productFixture('docker', { lessons: 'probe', extra: SQL_LESSON }));
});
