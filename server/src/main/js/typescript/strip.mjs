// What the server runs to take the types out of a TypeScript text: a function of the text that answers its code and the mappings of a
// source map, or an error with its place. Bundled with sucrase into resources/io/sluice/engine/js/lib/typescript.js by ./bundle.
import { transform } from 'sucrase';

export function strip(text) {
  try {
    const { code, sourceMap } = transform(text, {
      transforms: ['typescript'],
      disableESTransforms: true,
      filePath: 'x',
      sourceMapOptions: { compiledFilename: 'x' },
    });
    return { code, mappings: sourceMap.mappings };
  } catch (e) {
    return { error: String(e.message).replace(/^Error transforming x: /, '').replace(/^Error: /, '') };
  }
}
