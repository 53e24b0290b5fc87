import { ByteWriter } from './byte-writer.ts';
import { deflate } from './pdf-file.ts';

/** Rows of squares, true where they are dark. */
export type Grid = readonly (readonly boolean[])[];

/**
 * Fills those of a grid whose squares are one unit wide, from its corner on: a box for each run of dark ones in a row, as high
 * as the same run goes on in the rows below.
 */
export function fillSquares(grid: Grid, operators: ByteWriter): void {
  /** Of the run that begins in a column: where it ends, 0 where there is none, and the first row that has it. */
  const ends = new Uint8Array(grid.length + 1);
  const tops = new Uint8Array(grid.length + 1);
  for (let row = 0; row <= grid.length; row++) {
    const squares = grid[row] ?? [];
    for (let from = 0; from < grid.length; from++) {
      const end = squares[from] === true && (from === 0 || squares[from - 1] !== true) ? endOfRun(squares, from) : 0;
      if (ends[from] === end) continue;
      if (ends[from] !== 0) {
        operators.integers(from, tops[from]!, ends[from]! - from, row - tops[from]!).text('re ');
      }
      ends[from] = end;
      tops[from] = row;
    }
  }
  operators.text('f');
}

function endOfRun(squares: readonly boolean[], from: number): number {
  const end = squares.indexOf(false, from);
  return end < 0 ? squares.length : end;
}

const squares = new WeakMap<Grid, Uint8Array>();

/** A form that fills the dark squares of a grid (ISO 32000-1, 8.10). Deflated once per process. */
export function deflatedSquares(grid: Grid): readonly [dictionary: string, bytes: Uint8Array] {
  let bytes = squares.get(grid);
  if (bytes === undefined) {
    const operators = new ByteWriter(8_192);
    fillSquares(grid, operators);
    bytes = deflate(operators.written());
    squares.set(grid, bytes);
  }
  const side = grid.length;
  return [`/Type /XObject /Subtype /Form /BBox [0 0 ${side} ${side}] /Resources << >> /Filter /FlateDecode`, bytes];
}
