// Describes the language's own objects, as text: what they are made of, not what they are. A script that changed one of them in a
// context of its own leaves another text behind than there is in a new context. names: the globals to begin at.
(function (names) {
  'use strict';
  const { getOwnPropertyDescriptor, getPrototypeOf, isExtensible } = Object;
  const { ownKeys } = Reflect;
  const global = globalThis;
  const source = Function.prototype.toString;
  const numbers = new Map();
  const pending = [];
  const lines = [];

  function mark(value) {
    if (value === global) return 'global';
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return typeof value + String(value);
    if (!numbers.has(value)) {
      numbers.set(value, numbers.size);
      pending.push(value);
    }
    return '#' + numbers.get(value);
  }

  function property(object, key) {
    const known = getOwnPropertyDescriptor(object, key);
    const flags = (known.writable ? 'w' : '') + (known.enumerable ? 'e' : '') + (known.configurable ? 'c' : '');
    return String(key) + ':' + flags + ('value' in known ? mark(known.value) : mark(known.get) + mark(known.set));
  }

  function describe(object) {
    const native = typeof object === 'function' ? (source.call(object).endsWith('{ [native code] }') ? 'native' : 'own') : '';
    return native + (isExtensible(object) ? '' : 'fixed') + mark(getPrototypeOf(object));
  }

  const list = names.split(' ');
  for (const name of list) lines.push(getOwnPropertyDescriptor(global, name) === undefined ? 'gone' : property(global, name));
  const iterators = [[][Symbol.iterator](), new Map().entries(), new Set().entries(), ''[Symbol.iterator](), /a/g[Symbol.matchAll]('a')];
  const kinds = [function* () {}, async function () {}, async function* () {}, Int8Array];
  for (const each of [...iterators, ...kinds]) mark(getPrototypeOf(each));
  while (pending.length > 0) {
    const object = pending.pop();
    lines.push(describe(object));
    for (const key of ownKeys(object)) lines.push(property(object, key));
  }
  return lines.join('\n');
})
