import { existsSync, readFileSync } from 'node:fs';
import typescript from '@rollup/plugin-typescript';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const outDir = process.env.ASKPRO_BUILD_DIR ?? 'dist';

/** Published files that are programs or entry points, from the manifest alone: `./dist/a/b.js` is made from `src/a/b.ts`. */
const published = [...Object.values(manifest.exports), ...Object.values(manifest.bin)]
  .map((target) => (typeof target === 'string' ? target : target.default))
  .filter((path) => path?.endsWith('.js'))
  .map((path) => path.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, ''));

const entries = published.filter((name) => existsSync(`src/${name}.ts`));
for (const name of published) if (!entries.includes(name)) console.warn(`missing entry: src/${name}.ts`);

/** Everything that is not ours stays an import; our own published names too, so that two entries share one copy. */
const isExternal = (id) => !/^[./]/.test(id) && !id.startsWith('\0') && !id.startsWith('src/');

/** Declarations keep the sources' `.ts` specifiers; a reader of the package has only `.js` and `.d.ts`. */
const declarationSpecifiers = {
  name: 'declaration-specifiers',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'asset' || !file.fileName.endsWith('.d.ts')) continue;
      file.source = String(file.source).replace(
        /((?:from|import|import\()\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/g,
        '$1.js$2',
      );
    }
  },
};

/** The one module with an effect keeps its own file, so that `sideEffects` in package.json can name it. */
const effectful = 'core/kernel/reflect';

export default {
  input: Object.fromEntries(entries.map((name) => [name, `src/${name}.ts`])),
  external: isExternal,
  treeshake: { moduleSideEffects: (id, external) => external || id.endsWith(`${effectful}.ts`) },
  output: {
    dir: outDir,
    format: 'es',
    entryFileNames: '[name].js',
    chunkFileNames: ({ name }) => (name === effectful ? '[name].js' : 'chunks/[name]-[hash].js'),
    manualChunks: (id) => (id.endsWith(`/src/${effectful}.ts`) ? effectful : undefined),
    hoistTransitiveImports: false,
    generatedCode: 'es2015',
  },
  plugins: [
    typescript({
      tsconfig: 'tsconfig.build.json',
      compilerOptions: { outDir, declarationDir: `${outDir}/types` },
      noEmitOnError: process.env.ASKPRO_BUILD_STRICT === '1',
    }),
    declarationSpecifiers,
  ],
};
