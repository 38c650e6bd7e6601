import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { askPython } from '../../src/environment/ask-python.js';
import { COMBINATIONS, UNKNOWN_ENVIRONMENT } from '../../src/environment/environment.js';
import { findEnvironment } from '../../src/environment/find-environment.js';
import { UserError } from '../../src/errors/user-error.js';
import { availableCombinations, pythonOf } from '../environments.js';

/** A repository with these files; returns its root. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'nbslim-repository-'));
  mkdirSync(path.join(root, '.git'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return root;
}

const LOCK = `
version = 1
[[package]]
name = "pandas"
version = "3.1.1"
[[package]]
name = "numpy"
version = "2.4.6"
`;

describe('nothing is known', () => {
  test('where no file is there', () => {
    expect(findEnvironment(repository({}))).toBe(UNKNOWN_ENVIRONMENT);
  });
  test('where no file names pandas', () => {
    const root = repository({ 'requirements.txt': 'pandas-profiling==3\npandasql\n# pandas==1.5.3\n' });
    expect(findEnvironment(root)).toBe(UNKNOWN_ENVIRONMENT);
  });
  test('beyond the root of the repository', () => {
    const root = repository({ 'requirements.txt': 'pandas==1.5.3' });
    mkdirSync(path.join(root, 'inner', '.git'), { recursive: true });
    expect(findEnvironment(path.join(root, 'inner'))).toBe(UNKNOWN_ENVIRONMENT);
  });
  test('where the file is broken, and this is said', () => {
    const found = findEnvironment(repository({ 'pyproject.toml': '[project\n' }));
    expect(found.combinations).toEqual(COMBINATIONS);
    expect(found.warning).toMatch(/^pyproject\.toml can not be read: /);
  });
});

test.each([
  ['requirements.txt', 'numpy==1.26.4\nPandas[excel]==2.3.3  # why\n', 'E2'],
  [
    'requirements.txt',
    'pandas==2.3.3 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\nnumpy==2.2.0\n',
    'E3',
  ],
  ['requirements.txt', '-r base.txt\n--index-url x\npandas>=3.1\npyarrow\n', 'E6'],
  ['requirements.txt', 'pandas[pyarrow]~=3.1.0\r\n', 'E6'],
  [
    'requirements.txt',
    'pandas==1.5.3; python_version < "3.9"\npandas==3.1.1; python_version >= "3.9"\n',
    'E1 E5 E6',
  ],
  ['requirements.txt', 'pandas>=1.5\npandas<2\n', 'E1'],
  ['requirements.txt', 'pandas @ git+https://example.org/pandas\n', 'E1 E2 E3 E4 E5 E6'],
  ['environment.yml', 'name: x\ndependencies:\n  - python=3.11\n  - pandas=1.5.3=py311h2\n', 'E1'],
  ['environment.yml', 'dependencies:\n- conda-forge::pandas >=1.5,<2\n- pip\n', 'E1'],
  ['environment.yml', 'dependencies:\n  - pip:\n    - "pandas==2.3.3"\n    - numpy<2\n  - pytest\n', 'E2'],
  ['environment.yaml', 'channels:\n  - pandas\ndependencies:\n  - pandas=2.3\n', 'E2 E3'],
  ['pyproject.toml', '[project]\ndependencies = ["pandas>=2.3,<3", "numpy>=2"]\n', 'E3'],
  ['pyproject.toml', '[tool.poetry.dependencies]\npandas = "^1.5"\n', 'E1'],
  [
    'pyproject.toml',
    '[tool.poetry.group.dev.dependencies]\npandas = {version = "3.0.6", extras = ["x"]}\n',
    'E4 E5',
  ],
  ['uv.lock', LOCK, 'E5'],
  ['poetry.lock', `${LOCK}[[package]]\nname = "pyarrow"\nversion = "20.0.0"\n`, 'E6'],
  ['Pipfile.lock', '{"default": {"pandas": {"version": "==2.3.3"}, "numpy": {"version": "==1.26.4"}}}', 'E2'],
  ['Pipfile', '[packages]\npandas = "==1.5.3"\n', 'E1'],
])('%s: %j gives %s', (file, text, expected) => {
  const found = findEnvironment(repository({ [file]: text }));
  expect(found.combinations.join(' ')).toBe(expected);
  expect(found.origin).toBe(file);
});

test('a lock file goes before what is asked for, and says what is absent', () => {
  const root = repository({ 'uv.lock': LOCK, 'pyproject.toml': '[project]\ndependencies = ["pandas"]\n' });
  expect(findEnvironment(root)).toEqual({
    versions: { python: null, pandas: '3.1.1', numpy: '2.4.6', pyarrow: false },
    origin: 'uv.lock',
    combinations: ['E5'],
  });
});

test('the nearest file that names pandas is taken', () => {
  const root = repository({
    'requirements.txt': 'pandas==1.5.3',
    'a/requirements.txt': 'pandas==3.1.1',
    'a/b/requirements.txt': 'tqdm',
  });
  expect(findEnvironment(path.join(root, 'a', 'b')).versions.pandas).toBe('3.1.1');
  expect(findEnvironment(path.join(root, 'c')).versions.pandas).toBe('1.5.3');
});

test.each(availableCombinations())('an interpreter that is asked: %s', async (combination) => {
  const found = await askPython(pythonOf(combination));
  expect(found.combinations).toEqual([combination]);
  expect(found.versions.python).toMatch(/^3\.11\./);
  expect(found.warning).toBeUndefined();
});

test('an interpreter that is not there', async () => {
  await expect(askPython('/no/such/python')).rejects.toThrow(UserError);
  await expect(askPython(process.execPath)).rejects.toThrow(UserError);
});
