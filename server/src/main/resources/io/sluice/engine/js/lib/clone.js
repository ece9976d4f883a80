// structuredClone: the data that the HTML Standard clones, and the maps and lists of the platform as plain objects and arrays.
(function () {
  'use strict';
  const ERRORS = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

  function refuse(value) {
    const error = new Error((typeof value === 'symbol' ? String(value) : Object.prototype.toString.call(value)) + ' could not be cloned.');
    Object.defineProperty(error, 'name', { value: 'DataCloneError' });
    error.code = 25;
    throw error;
  }

  function clone(value, seen) {
    if (typeof value === 'symbol' || typeof value === 'function') refuse(value);
    if (value === null || typeof value !== 'object') return value;
    if (seen.has(value)) return seen.get(value);
    const copy = empty(value, seen);
    seen.set(value, copy);
    if (value instanceof Map) for (const [key, each] of [...value]) copy.set(clone(key, seen), clone(each, seen));
    else if (value instanceof Set) for (const each of [...value]) copy.add(clone(each, seen));
    else if (value instanceof Error) error(value, copy, seen);
    else if (Array.isArray(value) || isPlain(copy)) for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
    return copy;
  }

  const isPlain = (copy) => Object.prototype.toString.call(copy) === '[object Object]';

  function empty(value, seen) {
    if (Array.isArray(value)) return new Array(value.length);
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof RegExp) return new RegExp(value.source, value.flags);
    if (value instanceof Boolean || value instanceof Number || value instanceof String || value instanceof BigInt) return Object(value.valueOf());
    if (value instanceof ArrayBuffer) return value.slice(0);
    if (value instanceof DataView) return new DataView(clone(value.buffer, seen), value.byteOffset, value.byteLength);
    if (ArrayBuffer.isView(value)) return new value.constructor(clone(value.buffer, seen), value.byteOffset, value.length);
    if (value instanceof Map) return new Map();
    if (value instanceof Set) return new Set();
    if (value instanceof Error) return new (ERRORS[value.name] ?? Error)();
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef) refuse(value);
    return {};
  }

  function error(value, copy, seen) {
    for (const key of ['message', 'stack', 'cause']) {
      if (Object.hasOwn(value, key)) {
        Object.defineProperty(copy, key, { value: clone(value[key], seen), writable: true, configurable: true });
      }
    }
  }

  function structuredClone(value) {
    if (arguments.length === 0) throw new TypeError('structuredClone needs a value.');
    return clone(value, new Map());
  }
  return { structuredClone };
})
