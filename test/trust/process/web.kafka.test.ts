import { describe } from 'vitest';
import { webCases } from '../cases/web.ts';
import { productFixture } from '../product.ts';

describe('what comes to the server by its port', () => {
  webCases(productFixture('process', { lessons: 'probe' }));
});
