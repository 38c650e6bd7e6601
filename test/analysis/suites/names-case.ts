/** A program of another project's tests, in our words, and which names it binds and needs from outside. Lists of names are sorted, with blanks between. */
export interface NamesCase {
  /** The test that asks the same there. */
  readonly from: string;
  readonly code: string;
  /** What the program binds at the top level. */
  readonly binds: string;
  /** What it reads before it has bound it, in the functions and classes that it defines too; builtins among them. */
  readonly needs: string;
  /** What the other project says where it says something else, and why we do not. */
  readonly theirs?: { readonly binds?: string; readonly needs?: string; readonly why: string };
}
