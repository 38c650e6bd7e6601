/** The name that was probably meant: the same but for case or blanks, or one letter away. Null where none is near. */
export function nearestName(name: string, among: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, '');
  return (
    among.find((other) => plain(other) === plain(name)) ??
    among.find((other) => isOneEditAway(plain(other), plain(name))) ??
    null
  );
}

function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return a.length - start - end <= 1 && b.length - start - end <= 1;
}
