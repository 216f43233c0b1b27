// The library is written for bundlers, which find the named exports of modules that Node takes for nameless CommonJS.
import { createRequire } from 'node:module';

const nameless = ['class-transformer', 'moment'];

function wrapper(name) {
  const names = Object.keys(createRequire(import.meta.url)(name)).filter((key) => /^[A-Za-z_]\w*$/.test(key) && key !== 'default');
  return `
import { createRequire } from 'node:module';
const whole = createRequire(${JSON.stringify(import.meta.url)})(${JSON.stringify(name)});
export const { ${names.join(', ')} } = whole;
export default whole;`;
}

export async function resolve(specifier, context, next) {
  return nameless.includes(specifier)
    ? { url: `data:text/javascript,${encodeURIComponent(wrapper(specifier))}`, shortCircuit: true }
    : next(specifier, context);
}
