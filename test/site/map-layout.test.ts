import { describe, expect, test } from 'vitest';
import { layOutMap, type MapModule } from '../../site/src/map/layout.ts';

const scale = { column: 64, lane: 61 };

function course(lessons: Record<string, string[]>): MapModule[] {
  const modules = Map.groupBy(Object.entries(lessons), ([id]) => id.split('/')[0]!);
  return [...modules].map(([slug, members]) => ({ slug, lessons: members.map(([id, requires]) => ({ id, requires })) }));
}

describe('the map', () => {
  test('puts a lesson to the right of its predecessor even when it does not require it', () => {
    const { places } = layOutMap(
      course({ 'log/append': [], 'log/keys': ['log/append'], 'log/compaction': ['log/append'] }),
      scale,
    );
    expect([...places.values()].map(({ column }) => column)).toEqual([0, 1, 2]);
  });

  test('puts a lesson to the right of all that it requires in other modules, even in later ones', () => {
    const { places, columns } = layOutMap(
      course({
        'log/append': [],
        'log/range': ['services/dlq'],
        'services/once': ['log/append'],
        'services/dlq': ['services/once'],
      }),
      scale,
    );
    expect(Object.fromEntries([...places].map(([id, { column }]) => [id, column]))).toEqual({
      'log/append': 0,
      'services/once': 1,
      'services/dlq': 2,
      'log/range': 3,
    });
    expect(columns).toBe(4);
  });

  test('gives each module a lane in folder order', () => {
    const { places, height } = layOutMap(course({ 'log/append': [], 'sql/filter': [] }), scale);
    expect(places.get('sql/filter')).toMatchObject({ lane: 1, x: 0, y: 61 + 10 });
    expect(height).toBe(2 * 61);
  });

  test('draws one line along a lane and one switch for a requirement in a different lane', () => {
    const { tracks } = layOutMap(
      course({ 'log/append': [], 'log/keys': ['log/append'], 'sql/filter': ['log/keys'], 'sql/late': ['sql/filter'] }),
      scale,
    );
    expect(tracks.map(({ from, to, kind }) => [from, to, kind])).toEqual([
      ['log/append', 'log/keys', 'lane'],
      ['log/keys', 'sql/filter', 'switch'],
      ['sql/filter', 'sql/late', 'lane'],
    ]);
  });

  test('a switch leaves its lesson on the right and enters the next one on the left', () => {
    const { tracks } = layOutMap(course({ 'log/append': [], 'sql/filter': ['log/append'] }), scale);
    expect(tracks[0]?.path).toBe('M14 17H46Q52 17 52 23V72Q52 78 58 78H64');
  });

  test('a switch into a lane above bends upwards', () => {
    const { tracks } = layOutMap(course({ 'log/range': ['sql/filter'], 'sql/filter': [] }), scale);
    expect(tracks[0]?.path).toBe('M14 78H46Q52 78 52 72V23Q52 17 58 17H64');
  });

  test('rejects lessons that require each other and names them', () => {
    expect(() => layOutMap(course({ 'log/append': ['log/keys'], 'log/keys': [] }), scale)).toThrow(
      'lessons require each other: log/append -> log/keys -> log/append',
    );
  });
});
