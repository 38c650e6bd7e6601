import { parse } from 'smol-toml';

/** What a file asks for. */
export interface Requirements {
  /** Ranges by normalised name; of several ranges one holds (a lock for several Pythons, lines with markers). */
  readonly packages: ReadonlyMap<string, readonly string[]>;
  /** True where the file lists everything that is installed, so that what is not in it is not there. */
  readonly isComplete: boolean;
}

/** One way to write requirements down. `read` throws where the text is not of that form. */
export interface RequirementsFormat {
  readonly file: string;
  read(text: string): Requirements;
}

/** The files that are looked for in a directory: what is locked goes before what is asked for. */
export const REQUIREMENTS_FORMATS: readonly RequirementsFormat[] = [
  { file: 'uv.lock', read: readPackageTables },
  { file: 'poetry.lock', read: readPackageTables },
  { file: 'pdm.lock', read: readPackageTables },
  { file: 'pylock.toml', read: readPackageTables },
  { file: 'Pipfile.lock', read: readPipfileLock },
  { file: 'requirements.txt', read: readRequirementsTxt },
  { file: 'environment.yml', read: readEnvironmentYml },
  { file: 'environment.yaml', read: readEnvironmentYml },
  { file: 'Pipfile', read: readPipfile },
  { file: 'pyproject.toml', read: readPyproject },
];

/** PEP 503: `Scikit_Learn` and `scikit-learn` are one. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** A list in the making: a second line for a name is an alternative if either has a marker, else both hold. */
class Packages {
  readonly #ranges = new Map<string, string[]>();

  add(name: string, range: string, isConditional = true): void {
    const key = normalizeName(name);
    const ranges = this.#ranges.get(key);
    const last = ranges?.at(-1);
    if (!ranges) this.#ranges.set(key, [range]);
    else if (isConditional || last === undefined) ranges.push(range);
    else ranges[ranges.length - 1] = [last, range].filter(Boolean).join(',');
  }

  /** A PEP 508 line: `pandas[excel]>=1.5,<3 ; python_version > "3.8"`. What is not one is left out. */
  addLine(line: string): void {
    const match =
      /^([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*(?:@\s*(?<url>\S+)|\(?(?<range>[^;)]*)\)?)?\s*(?<marker>;.*)?$/.exec(
        line.trim(),
      );
    if (!match?.[1]) return;
    const range = match.groups?.['url'] ? '' : (match.groups?.['range'] ?? '').trim();
    this.add(match[1], range, match.groups?.['marker'] !== undefined);
    if (/\bpyarrow\b/.test(match[2] ?? '')) this.add('pyarrow', '', false);
  }

  get map(): ReadonlyMap<string, readonly string[]> {
    return this.#ranges;
  }
}

function readRequirementsTxt(text: string): Requirements {
  const packages = new Packages();
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const requirement = line.replace(/(^|\s)#.*$/, '').replace(/\s--?[a-z][\w-]*([=\s].*)?$/, '');
    if (!requirement.trim().startsWith('-')) packages.addLine(requirement);
  }
  return { packages: packages.map, isComplete: false };
}

/** The lists under `dependencies:`, those under `- pip:` among them: of YAML no more than conda writes. */
function readEnvironmentYml(text: string): Requirements {
  const packages = new Packages();
  let inside = false;
  let pipIndent = -1;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd();
    if (line === '') continue;
    if (/^\S/.test(line) && !line.startsWith('-')) inside = /^dependencies\s*:/.test(line);
    const item = /^(\s*)-\s+(.*)$/.exec(line);
    if (!inside || !item) continue;
    const [, indent = '', quoted = ''] = item;
    const text = quoted.replace(/^(['"])(.*)\1$/, '$2');
    if (/^pip\s*:$/.test(text)) pipIndent = indent.length;
    else if (pipIndent >= 0 && indent.length > pipIndent) packages.addLine(text);
    else {
      pipIndent = -1;
      addCondaLine(packages, text);
    }
  }
  return { packages: packages.map, isComplete: false };
}

/** `conda-forge::pandas=1.5.3=py311_0`, `pandas >=1.5,<2`, `pandas==1.5.3`. */
function addCondaLine(packages: Packages, text: string): void {
  const match = /^(?:[\w./-]+::)?([A-Za-z0-9][\w.-]*?)\s*([=<>!~^].*|\s[\d*].*)?$/.exec(text);
  if (!match?.[1]) return;
  const range = (match[2] ?? '').trim();
  const exact = /^=\s*([\d.]+)=/.exec(range);
  packages.add(match[1], exact ? `==${exact[1]}` : range, false);
}

/** uv, poetry, pdm, PEP 751: `[[package]]` (or `[[packages]]`) with a name and a version. */
function readPackageTables(text: string): Requirements {
  const packages = new Packages();
  const document = parse(text);
  for (const table of listOf(document['package'] ?? document['packages'])) {
    const { name, version } = tableOf(table);
    if (typeof name === 'string' && typeof version === 'string') packages.add(name, `==${version}`);
  }
  return { packages: packages.map, isComplete: true };
}

function readPipfileLock(text: string): Requirements {
  const packages = new Packages();
  const document = tableOf(JSON.parse(text));
  for (const section of ['default', 'develop']) {
    for (const [name, entry] of Object.entries(tableOf(document[section]))) {
      const { version } = tableOf(entry);
      packages.add(name, typeof version === 'string' ? version : '');
    }
  }
  return { packages: packages.map, isComplete: true };
}

function readPipfile(text: string): Requirements {
  const packages = new Packages();
  addPoetryTable(packages, tableOf(parse(text)['packages']));
  return { packages: packages.map, isComplete: false };
}

function readPyproject(text: string): Requirements {
  const packages = new Packages();
  const document = parse(text);
  const project = tableOf(document['project']);
  const lists = [project['dependencies'], ...Object.values(tableOf(project['optional-dependencies']))];
  const groups = Object.values(tableOf(document['dependency-groups']));
  for (const line of [...lists, ...groups].flatMap(listOf)) {
    if (typeof line === 'string') packages.addLine(line);
  }
  const poetry = tableOf(tableOf(document['tool'])['poetry']);
  addPoetryTable(packages, tableOf(poetry['dependencies']));
  for (const group of Object.values(tableOf(poetry['group']))) {
    addPoetryTable(packages, tableOf(tableOf(group)['dependencies']));
  }
  return { packages: packages.map, isComplete: false };
}

/** `pandas = "^2.0"`, `pandas = {version = "^2.0", extras = [...]}`. */
function addPoetryTable(packages: Packages, table: Readonly<Record<string, unknown>>): void {
  for (const [name, entry] of Object.entries(table)) {
    for (const one of Array.isArray(entry) ? entry : [entry]) {
      const version = typeof one === 'string' ? one : tableOf(one)['version'];
      const range = typeof version === 'string' && version !== '*' ? version : '';
      packages.add(name, /^\d[\w.]*$/.test(range) ? `==${range}` : range);
    }
  }
}

function tableOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
