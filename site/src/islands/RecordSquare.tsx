import { memo } from 'react';
import type { KeyColour } from '../client/record-log.ts';

interface Props {
  x: number;
  y: number;
  cell: number;
  label: string;
  /** Colour 1 to 6; 0 for a record that has neither a key nor what stands for one. */
  colour: KeyColour['index'] | 0;
  filled: boolean;
  keyless: boolean;
  landing: boolean;
  /** `at` for the record that the learner is on, `evidence` for one that a report names. */
  mark: 'at' | 'evidence' | null;
  place: string;
}

export const RECORD_HEIGHT = 24;

/** One record: a square in its key's colour with its key; a dashed frame where it has none. */
export const RecordSquare = memo(function RecordSquare({
  x,
  y,
  cell,
  label,
  colour,
  filled,
  keyless,
  landing,
  mark,
  place,
}: Props) {
  const inset = filled && !keyless ? 1 : 2;
  return (
    <g className={`k${colour}${landing ? ' landing' : ''}`} data-record={place}>
      <rect
        className={`${filled ? 'rec' : 'rec-o'}${keyless ? ' keyless' : ''}`}
        x={x + inset}
        y={y + inset - 1}
        width={cell - 2 * inset}
        height={RECORD_HEIGHT + 2 - 2 * inset}
        rx="2"
      />
      <text className={filled ? 'onk' : 'ink'} x={x + cell / 2} y={y + 16} textAnchor="middle">
        {label}
      </text>
      {mark && <rect className={`${mark}-mark`} x={x} y={y - 1} width={cell} height={RECORD_HEIGHT + 2} rx="2" />}
    </g>
  );
});
