import { describe, expect, it } from 'vitest';
import { measuredObjects } from '../../src/verify/measured-objects.js';
import type { SeenObject } from '../../src/verify/notebook-run.js';

const MB = 1_000_000;

/** A name that holds the object of this number, whose data lie in these blocks of a megabyte each. */
const seen = (name: string, number: number, ...blocks: string[]): SeenObject => ({
  name,
  number,
  type: 'DataFrame',
  bytes: blocks.length * MB,
  blocks: blocks.map((block) => [block, MB]),
});

function track(...cells: SeenObject[][]) {
  return measuredObjects(cells.map((objects, at) => ({ cell: at + 1, objects })));
}

const pins = (object: ReturnType<typeof track>[number] | undefined) =>
  object?.pins.map(({ name, through, from, to }) => [name, through, from, to]);

describe('objects that were seen after each cell', () => {
  it('are one where two names hold it', () => {
    const objects = track([seen('a', 1, 'x')], [seen('a', 1, 'x'), seen('b', 1, 'x')], [seen('b', 1, 'x')]);
    expect(objects).toHaveLength(1);
    expect(objects[0]).toMatchObject({ from: 1, to: null, bytes: MB, heldAtEnd: MB });
    expect(pins(objects[0])).toEqual([
      ['a', null, 1, 3],
      ['b', null, 2, null],
    ]);
  });

  it('end where no name has them, and another under the same name is another', () => {
    const objects = track([seen('a', 1, 'x')], [seen('a', 2, 'y')], []);
    expect(objects.map(({ from, to, heldAtEnd }) => [from, to, heldAtEnd])).toEqual([
      [1, 2, 0],
      [2, 3, 0],
    ]);
  });

  it('are kept by a view, whose own size is no other object', () => {
    const frame = seen('df', 1, 'x', 'y');
    const view = { ...seen('s', 2, 'x'), type: 'Series', bytes: MB / 2 };
    const objects = track([frame], [frame, view], [view]);
    expect(objects).toHaveLength(1);
    // The block that the view is in stays, the other one does not.
    expect(objects[0]).toMatchObject({ bytes: 2 * MB, heldAtEnd: MB, to: null });
    expect(pins(objects[0])).toEqual([
      ['df', null, 1, 3],
      ['s', 'Series', 2, null],
    ]);
  });

  it('take for their own what they do not share', () => {
    const objects = track([seen('df', 1, 'x', 'y')], [seen('df', 1, 'x', 'y'), seen('g', 2, 'x', 'y', 'z')]);
    const [frame, group] = objects;
    expect(frame).toMatchObject({ bytes: 2 * MB });
    expect(pins(frame)).toEqual([
      ['df', null, 1, null],
      ['g', 'DataFrame', 2, null],
    ]);
    expect(group).toMatchObject({ bytes: MB });
    // What only the frame needs is not kept by the group's own part, nor the other way round.
    expect(pins(group)).toEqual([['g', null, 2, null]]);
  });

  it('may grow', () => {
    const objects = track([seen('df', 1, 'x')], [seen('df', 1, 'x', 'y')], [seen('df', 1, 'x')]);
    expect(objects).toHaveLength(1);
    expect(objects[0]).toMatchObject({ bytes: 2 * MB, heldAtEnd: MB });
  });
});
