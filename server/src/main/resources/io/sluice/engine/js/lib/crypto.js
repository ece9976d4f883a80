// crypto as far as scripts need it: chance and digests. The host computes.
(function (host) {
  'use strict';
  const [, , , , , , digest, random, uuid] = host[6];
  const DIGESTS = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];
  const MOST = 65536;

  function viewOf(data) {
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    throw new TypeError('The data of a digest are an ArrayBuffer or a view of one.');
  }

  const subtle = {
    async digest(algorithm, data) {
      const name = String(typeof algorithm === 'object' ? algorithm.name : algorithm).toUpperCase();
      if (!DIGESTS.includes(name)) throw new TypeError('Unrecognized algorithm name; there are ' + DIGESTS.join(', ') + '.');
      const view = viewOf(data);
      const hex = digest(name, view.buffer, view.byteOffset, view.byteLength);
      return Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16)).buffer;
    },
  };

  const crypto = {
    subtle,
    randomUUID: () => uuid(),
    getRandomValues(array) {
      if (!ArrayBuffer.isView(array) || array instanceof DataView || /^Float/.test(array.constructor.name)) {
        throw new TypeError('getRandomValues fills an array of integers.');
      }
      if (array.byteLength > MOST) throw new RangeError('getRandomValues fills at most ' + MOST + ' bytes at a time.');
      random(array.buffer, array.byteOffset, array.byteLength);
      return array;
    },
  };
  return { crypto };
})
