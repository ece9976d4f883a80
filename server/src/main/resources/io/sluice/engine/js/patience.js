// Makes endless work inside one built-in function of the language stoppable, or refuses it. A run is stopped where its code is called or
// loops; a built-in that loops by itself over a long list that is not there (`{length: 2 ** 53}`) does neither for hours. Evaluated in
// each new context before anything else. Real arrays need none of it: what is not in them costs no time.
(function () {
  'use strict';
  const { apply, get, has, getOwnPropertyDescriptor: described } = Reflect;
  const { isArray } = Array;

  // Elements that take no noticeable time.
  const SHORT = 10000;
  // Reading and writing numbers in decimal takes time with the square of their digits.
  const MOST_DIGITS = 100000;
  const MOST_CHARACTERS = 1000000;

  // Asks the object as before, but by calling code, between two elements.
  const asked = {
    has: (object, key) => has(object, key),
    get: (object, key) => get(object, key),
  };

  function isShort(object) {
    if (isArray(object) || object === null || (typeof object !== 'object' && typeof object !== 'function')) return true;
    const length = described(object, 'length');
    return length !== undefined && typeof length.value === 'number' && length.value <= SHORT;
  }

  // A function that looks like the one that it stands for: a proxy of it.
  function instead(owner, name, call) {
    const known = described(owner, name);
    known.value = new Proxy(known.value, { apply: call });
    Object.defineProperty(owner, name, known);
  }

  // The others (find, includes, join, fill, ...) look by themselves whether they are to stop.
  const SLOW = [
    'indexOf', 'lastIndexOf', 'forEach', 'map', 'filter', 'some', 'every', 'reduce', 'reduceRight', 'slice', 'splice', 'shift', 'unshift',
    'sort', 'toReversed', 'toSorted', 'toSpliced', 'with', 'flat', 'flatMap', 'concat',
  ];
  for (const name of SLOW) {
    instead(Array.prototype, name, (original, self, args) => {
      if (isShort(self)) return apply(original, self, args);
      const slow = new Proxy(self, asked);
      const result = apply(original, slow, args);
      return result === slow ? self : result;
    });
  }

  instead(Array, 'from', (original, self, args) =>
    args.length === 0 || isShort(args[0]) || args[1] !== undefined ? apply(original, self, args) : apply(original, self, [args[0], (each) => each]));

  // Of a text they make a key for each character, in all far more than any memory that a script has.
  const isLong = (text) => typeof text === 'string' && text.length > MOST_CHARACTERS;
  function refusing(owner, name, judged) {
    instead(owner, name, (original, self, args) => {
      if (judged(args)) throw new RangeError('Invalid array length');
      return apply(original, self, args);
    });
  }
  const first = (args) => isLong(args[0]);
  for (const name of ['entries', 'keys', 'getOwnPropertyNames', 'getOwnPropertyDescriptors']) refusing(Object, name, first);
  refusing(Object, 'assign', (args) => isLong(args[1]));

  // So does an array of its characters.
  instead(String.prototype, 'split', (original, self, args) => {
    if (args[0] === '' && isLong(self) && !(args[1] <= MOST_CHARACTERS)) throw new RangeError('Invalid array length');
    return apply(original, self, args);
  });

  instead(globalThis, 'BigInt', (original, self, args) => {
    if (typeof args[0] === 'string' && args[0].length > MOST_DIGITS) throw new RangeError('Maximum BigInt size exceeded');
    return apply(original, self, args);
  });
  BigInt.prototype.constructor = BigInt;
})
