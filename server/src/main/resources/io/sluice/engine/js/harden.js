// Makes the language's own objects unchangeable, so that a context can serve one run after the other. Evaluated in a new context
// before anything else; answers a function that tidies the context up after a run (see at its end).
//
// What is frozen: all that can be reached from the globals, and the objects that have no name and are reached from values only.
// Freezing alone would break valid code: an assignment such as `error.name = 'Mine'` fails when a frozen object further up has a
// property of that name. So what is inherited from becomes a pair of accessors whose setter does what the assignment would have
// done (https://github.com/tc39/ecma262/issues/1320; the library ses does the same).
//
// samples: one foreign object, list, function and iterable, whose prototypes the language also keeps to itself.
(function (samples) {
  'use strict';
  const { freeze, getOwnPropertyDescriptor, getPrototypeOf, defineProperty, hasOwn, isExtensible } = Object;
  const { ownKeys } = Reflect;
  const global = globalThis;

  // ---- what has no name
  const iterators = [
    [][Symbol.iterator](), new Map().entries(), new Set().entries(), ''[Symbol.iterator](), /a/g[Symbol.matchAll]('a'),
    (function* () {})(), (async function* () {})(),
  ];
  if (typeof Iterator === 'function') iterators.push(Iterator.from({ next() {} }), Iterator.from([]).map((x) => x));
  if (typeof AsyncIterator === 'function' && typeof AsyncIterator.prototype.map === 'function') {
    iterators.push((async function* () {})().map((x) => x));
  }
  const segments = typeof Intl === 'object' && Intl.Segmenter ? new Intl.Segmenter().segment('a') : [];
  iterators.push(segments[Symbol.iterator]());
  const nameless = [
    function* () {}, async function () {}, async function* () {}, () => {}, segments, Int8Array, ...samples,
    (function () { return arguments; })(),
  ].map((each) => getPrototypeOf(each));
  const strictArguments = (function () { return arguments; })();
  nameless.push(getOwnPropertyDescriptor(strictArguments, 'callee').get);
  const iteratorPrototypes = iterators.map((each) => getPrototypeOf(each));

  // ---- all of them
  const found = new Set();
  function reach(value) {
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
      if (value !== global) found.add(value);
    }
  }

  function reachPropertiesOf(object) {
    for (const key of ownKeys(object)) {
      const known = getOwnPropertyDescriptor(object, key);
      reach(known.value);
      reach(known.get);
      reach(known.set);
    }
  }

  reachPropertiesOf(global);
  nameless.forEach(reach);
  iteratorPrototypes.forEach(reach);
  // A set goes on to what is added while it is walked.
  for (const object of found) {
    reachPropertiesOf(object);
    reach(getPrototypeOf(object));
  }

  // ---- frozen, but what is inherited may be covered
  function coverable(object, key) {
    const value = getOwnPropertyDescriptor(object, key).value;
    const get = freeze(() => value);
    const { set } = {
      set(own) {
        if (this === object) throw new TypeError("Cannot assign to read only property '" + key + "' of a built-in object");
        if (hasOwn(this, key)) this[key] = own;
        else defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
      },
    };
    defineProperty(object, key, { get, set: freeze(set) });
  }

  const FUNCTIONS_OWN = new Set(['length', 'name', 'prototype']);
  const namespaces = new Set([Math, JSON, Reflect, Intl]);
  const iterating = new Set(iteratorPrototypes);

  for (const object of found) {
    const isFunction = typeof object === 'function';
    if (!namespaces.has(object) && !iterating.has(object) && !(isFunction && !hasOwn(object, 'prototype') && object !== Function.prototype)) {
      for (const key of ownKeys(object)) {
        const known = getOwnPropertyDescriptor(object, key);
        if (typeof key === 'string' && known.configurable && 'value' in known && !(isFunction && FUNCTIONS_OWN.has(key))) {
          coverable(object, key);
        }
      }
    }
    freeze(object);
  }

  // ---- the globals: they can be assigned, as anywhere, and get their values back after the run
  const MOST_GLOBALS = 10000;
  // A registry's callbacks come whenever the collector likes, so also in a later run.
  delete global.FinalizationRegistry;
  const names = ownKeys(global);
  const writable = names.filter((name) => getOwnPropertyDescriptor(global, name).writable);
  const values = writable.map((name) => global[name]);
  // Neither deleted nor made into something else, the one with a symbol for its name included.
  for (const name of names) defineProperty(global, name, { configurable: false });
  const globalPrototype = getPrototypeOf(global);
  let known = new Set(names);
  let drained = false;

  // Each named in full, which the engine makes quick: this is done after every run. Assigned whatever it is, which fails where it
  // cannot be any more.
  const restoring = '(function (global, values) {\n  "use strict";\n  const [' + writable.map((name, i) => 'v' + i).join(', ')
    + '] = values;\n  return function restore() {\n'
    + writable.map((name, i) => '    global.' + name + ' = v' + i + ';\n').join('')
    + '  };\n})';
  let restore;

  function removeOthers(keys) {
    if (keys.length > MOST_GLOBALS) throw new Error('too many globals');
    for (const key of keys) if (!known.has(key)) delete global[key];
  }

  return [
    restoring,

    // Called when the platform's own globals are there for the first time: these are to be expected from now on. They can be
    // assigned, but neither be deleted nor become something else. `made` is what came of evaluating `restoring`.
    function settled(made) {
      restore = made(global, values);
      for (const name of ownKeys(global)) {
        if (!known.has(name)) defineProperty(global, name, { configurable: false });
      }
      known = new Set(ownKeys(global));
    },

    // Called at the end of a run: when this call has returned, nothing that the run left to be done is left.
    function drain() {
      drained = false;
      Promise.resolve().then(() => {
        drained = true;
      });
    },

    // Answers whether the language's part of the context is as new; the platform's globals are to be set again. Runs no code of the
    // script. Throws where the script made something unchangeable.
    function tidied() {
      if (!drained || !isExtensible(global) || getPrototypeOf(global) !== globalPrototype) return false;
      drained = false;
      const keys = ownKeys(global);
      if (keys.length !== known.size) {
        removeOthers(keys);
        if (ownKeys(global).length !== known.size) return false;
      }
      restore();
      return true;
    },
  ];
})
