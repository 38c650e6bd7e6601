/** A transform asked for what cannot be written: a bug of the transform, which costs its change and nothing else. */
export class ImpossibleIntent extends Error {
  override readonly name = 'ImpossibleIntent';
}
