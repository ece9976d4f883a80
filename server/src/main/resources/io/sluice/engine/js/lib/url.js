// URL and URLSearchParams after the URL Standard (url.spec.whatwg.org).
(function (host) {
  'use strict';
  const parser = host[4]('url-parser')(host);
  const { parse, serialize, parseHost, pathOf, tail, port, special, encode, decode } = parser;
  const { SPECIAL, QUERY, SPECIAL_QUERY, USERINFO, FRAGMENT, FORM } = parser;

  // ---- the parameters
  const formEncode = (text) => encode(text.toWellFormed(), FORM).replaceAll('%20', '+');
  const formDecode = (text) => decode(text.replaceAll('+', ' '));

  function parsePairs(text) {
    return text.split('&').filter((part) => part !== '').map((part) => {
      const eq = part.indexOf('=');
      return eq < 0 ? [formDecode(part), ''] : [formDecode(part.slice(0, eq)), formDecode(part.slice(eq + 1))];
    });
  }

  const pairsOf = new WeakMap();
  const changed = new WeakMap();

  function pairsFrom(init) {
    if (init === undefined || init === null) return [];
    if (typeof init !== 'object') return parsePairs(String(init).replace(/^\?/, ''));
    if (typeof init[Symbol.iterator] !== 'function') return Object.keys(init).map((name) => [name, String(init[name])]);
    return Array.from(init, (pair) => {
      const both = [...pair];
      if (both.length !== 2) throw new TypeError('Each parameter needs a name and a value.');
      return [String(both[0]), String(both[1])];
    });
  }

  class URLSearchParams {
    constructor(init = '') {
      pairsOf.set(this, pairsFrom(init));
    }
    get size() {
      return pairsOf.get(this).length;
    }
    append(name, value) {
      pairsOf.get(this).push([String(name), String(value)]);
      changed.get(this)?.();
    }
    delete(name, value) {
      this.#keep((pair) => pair[0] !== String(name) || (value !== undefined && pair[1] !== String(value)));
    }
    get(name) {
      return pairsOf.get(this).find((pair) => pair[0] === String(name))?.[1] ?? null;
    }
    getAll(name) {
      return pairsOf.get(this).filter((pair) => pair[0] === String(name)).map((pair) => pair[1]);
    }
    has(name, value) {
      return pairsOf.get(this).some((pair) => pair[0] === String(name) && (value === undefined || pair[1] === String(value)));
    }
    set(name, value) {
      const first = pairsOf.get(this).find((pair) => pair[0] === String(name));
      if (first === undefined) return this.append(name, value);
      first[1] = String(value);
      this.#keep((pair) => pair === first || pair[0] !== String(name));
    }
    sort() {
      pairsOf.get(this).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
      changed.get(this)?.();
    }
    forEach(callback, self) {
      for (const [name, value] of this) callback.call(self, value, name, this);
    }
    *entries() {
      const pairs = pairsOf.get(this);
      for (let i = 0; i < pairs.length; i++) yield [...pairs[i]];
    }
    *keys() {
      for (const [name] of this) yield name;
    }
    *values() {
      for (const [, value] of this) yield value;
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toString() {
      return pairsOf.get(this).map(([name, value]) => formEncode(name) + '=' + formEncode(value)).join('&');
    }
    get [Symbol.toStringTag]() {
      return 'URLSearchParams';
    }
    #keep(wanted) {
      const pairs = pairsOf.get(this);
      pairs.splice(0, pairs.length, ...pairs.filter(wanted));
      changed.get(this)?.();
    }
  }

  // ---- the class; what is set is parsed as a part of the address and dropped when it is none
  function parsed(input, base) {
    const from = base === undefined ? null : parse(base, null);
    return base !== undefined && from === null ? null : parse(input, from);
  }

  class URL {
    #url;
    #params;
    constructor(input, base) {
      this.#url = parsed(input, base);
      if (this.#url === null) {
        const error = new TypeError('Invalid URL');
        error.code = 'ERR_INVALID_URL';
        error.input = String(input);
        throw error;
      }
      this.#params = new URLSearchParams(this.#url.query ?? '');
      changed.set(this.#params, () => {
        const text = this.#params.toString();
        this.#url.query = text === '' ? null : text;
      });
    }
    static canParse(input, base) {
      return parsed(input, base) !== null;
    }
    static parse(input, base) {
      return URL.canParse(input, base) ? new URL(input, base) : null;
    }
    get href() {
      return serialize(this.#url);
    }
    set href(value) {
      this.#url = new URL(value).#url;
      this.#refresh();
    }
    get origin() {
      const url = this.#url;
      if (url.scheme === 'blob:') return URL.parse(pathOf(url))?.origin ?? 'null';
      return special(url) && url.scheme !== 'file:' ? url.scheme + '//' + this.host : 'null';
    }
    get protocol() {
      return this.#url.scheme;
    }
    set protocol(value) {
      const wanted = /^([a-z][a-z0-9+.-]*)(:|$)/i.exec(String(value));
      if (wanted === null) return;
      const scheme = wanted[1].toLowerCase() + ':';
      const url = this.#url;
      if (Object.hasOwn(SPECIAL, scheme) !== special(url) || (scheme === 'file:' && (url.username || url.password || url.port))) return;
      if (url.scheme === 'file:' && url.host === '') return;
      url.scheme = scheme;
      if (url.port !== '') url.port = port(url, url.port);
    }
    get username() {
      return this.#url.username;
    }
    set username(value) {
      if (this.#url.host && this.#url.scheme !== 'file:') this.#url.username = encode(String(value), USERINFO);
    }
    get password() {
      return this.#url.password;
    }
    set password(value) {
      if (this.#url.host && this.#url.scheme !== 'file:') this.#url.password = encode(String(value), USERINFO);
    }
    get host() {
      return (this.#url.host ?? '') + (this.#url.port === '' ? '' : ':' + this.#url.port);
    }
    set host(value) {
      this.#setHost(String(value), true);
    }
    get hostname() {
      return this.#url.host ?? '';
    }
    set hostname(value) {
      this.#setHost(String(value), false);
    }
    get port() {
      return this.#url.port;
    }
    set port(value) {
      const digits = /^[0-9]*/.exec(String(value))[0];
      if (!this.#url.host || this.#url.scheme === 'file:' || (digits === '' && String(value) !== '') || Number(digits) > 65535) return;
      this.#url.port = digits === '' ? '' : port(this.#url, digits);
    }
    get pathname() {
      return pathOf(this.#url);
    }
    set pathname(value) {
      const url = this.#url;
      if (typeof url.path === 'string') return;
      url.path = [];
      const text = String(value).replace(/[\t\n\r]/g, '').replaceAll('?', '%3F').replaceAll('#', '%23');
      if (text !== '' || special(url)) tail(url, text);
    }
    get search() {
      return this.#url.query ? '?' + this.#url.query : '';
    }
    set search(value) {
      const text = String(value).replace(/[\t\n\r]/g, '').replace(/^\?/, '');
      this.#url.query = String(value) === '' ? null : encode(text, special(this.#url) ? SPECIAL_QUERY : QUERY);
      this.#refresh();
    }
    get searchParams() {
      return this.#params;
    }
    get hash() {
      return this.#url.fragment ? '#' + this.#url.fragment : '';
    }
    set hash(value) {
      const text = String(value).replace(/[\t\n\r]/g, '').replace(/^#/, '');
      this.#url.fragment = String(value) === '' ? null : encode(text, FRAGMENT);
    }
    toString() {
      return this.href;
    }
    toJSON() {
      return this.href;
    }
    get [Symbol.toStringTag]() {
      return 'URL';
    }
    #setHost(text, withPort) {
      const url = this.#url;
      if (typeof url.path === 'string') return;
      const cut = text.replace(/[\t\n\r]/g, '').split(special(url) ? /[/\\?#]/ : /[/?#]/)[0];
      const colon = /^(\[[^\]]*\]|[^:]*)(?::([0-9]*))?/.exec(cut);
      if (url.scheme === 'file:' && colon[0] !== colon[1]) return;
      if (!withPort && colon[0] !== cut) return;
      if (!withPort && colon[2] !== undefined) return;
      if (colon[1] === '' && special(url) && url.scheme !== 'file:') return;
      const next = colon[1] === '' ? '' : parseHost(colon[1], special(url));
      if (next === null) return;
      url.host = next;
      if (withPort && colon[2] && Number(colon[2]) <= 65535) url.port = port(url, colon[2]);
    }
    #refresh() {
      const pairs = pairsOf.get(this.#params);
      pairs.splice(0, pairs.length, ...parsePairs(this.#url.query ?? ''));
    }
  }

  for (const type of [URL, URLSearchParams]) {
    for (const name of Object.getOwnPropertyNames(type.prototype)) {
      if (name !== 'constructor') Object.defineProperty(type.prototype, name, { enumerable: true });
    }
  }
  return { URL, URLSearchParams };
})
