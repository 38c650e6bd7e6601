import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** All that the tests of one run put into the temporary folder goes when the run ends. */
export default function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'nbslim-tests-'));
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
