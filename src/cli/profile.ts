import { type Command, InvalidArgumentError, Option } from 'commander';
import { profileCsv } from '../data/profile-csv.js';
import { type Encoding, isPlainSeparator, knownEncoding, PLAIN_READ } from '../data/read-options.js';
import { isRefusal } from '../data/refusal.js';
import { UserError } from '../errors/user-error.js';
import { formatProfile, reportProfile } from '../report/profile.js';
import type { Session } from './command.js';
import { startProgress } from './progress.js';

interface Flags {
  readonly json?: boolean;
  readonly sep: string;
  readonly encoding: Encoding;
}

export function define(command: Command, { streams, exit }: Session): void {
  command
    .argument('<file>', 'a CSV file')
    .option('--json', 'as JSON')
    .addOption(
      new Option('--sep <character>', 'what parts the fields; \\t is a tab')
        .default(PLAIN_READ.sep)
        .argParser(separator),
    )
    .addOption(
      new Option('--encoding <name>', 'utf-8 or latin-1').default(PLAIN_READ.encoding).argParser(encoding),
    )
    .action(async (path: string, { json, sep, encoding }: Flags) => {
      const progress = startProgress(streams, null);
      let scanned = 0;
      const profile = await profileCsv(path, { ...PLAIN_READ, sep, encoding }, (bytes) => {
        progress.bytesScanned(bytes - scanned);
        scanned = bytes;
      });
      progress.end();
      if (isRefusal(profile)) throw new UserError(profile.why);
      const report = reportProfile(profile);
      streams.out(json ? `${JSON.stringify(report, null, 2)}\n` : formatProfile(report));
      exit(0);
    });
}

function separator(value: string): string {
  const sep = value === '\\t' ? '\t' : value;
  if (!isPlainSeparator(sep)) throw new InvalidArgumentError('It must be one ASCII character.');
  return sep;
}

function encoding(value: string): Encoding {
  const known = knownEncoding(value);
  if (known === null) throw new InvalidArgumentError('The scan knows utf-8 and latin-1.');
  return known;
}
