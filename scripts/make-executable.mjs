// After the compiler, which writes every file without the right to be run. npm grants it when it installs the package, but
// `npx nbslim` in the checkout goes through a link that was made once: after a later build nobody would grant it again.

import { chmodSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

chmodSync(fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url)), 0o755);
