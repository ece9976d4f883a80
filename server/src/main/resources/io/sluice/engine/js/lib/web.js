// fetch and what goes with it, after the Fetch Standard (fetch.spec.whatwg.org) as far as a server needs it: no cookies, no caches,
// no origins, bodies whole. The host makes the calls; the loop hands their answers over.
(function (host, loop) {
  'use strict';
  const [send, , hostText, fill, copy, abort] = host[6];
  const isBuffer = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

  function domError(name, message) {
    const error = new Error(message);
    Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
    return error;
  }

  // ---- headers
  const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

  class Headers {
    #map = new Map();
    constructor(init) {
      if (init === undefined || init === null) return;
      if (typeof init !== 'object') throw new TypeError('Headers are an object or a list of names and values.');
      const pairs = typeof init[Symbol.iterator] === 'function' ? init : Object.keys(init).map((name) => [name, init[name]]);
      for (const [name, value] of pairs) this.append(name, value);
    }
    append(name, value) {
      const key = Headers.#key(name);
      const text = Headers.#value(name, value);
      const before = this.#map.get(key);
      this.#map.set(key, before === undefined ? text : before + ', ' + text);
    }
    delete(name) {
      this.#map.delete(Headers.#key(name));
    }
    get(name) {
      return this.#map.get(Headers.#key(name)) ?? null;
    }
    getSetCookie() {
      const cookies = this.#map.get('set-cookie');
      return cookies === undefined ? [] : cookies.split(/, (?=[^;=,\s]+=)/);
    }
    has(name) {
      return this.#map.has(Headers.#key(name));
    }
    set(name, value) {
      this.#map.set(Headers.#key(name), Headers.#value(name, value));
    }
    forEach(callback, self) {
      for (const [name, value] of this) callback.call(self, value, name, this);
    }
    entries() {
      return [...this.#map].sort((a, b) => (a[0] < b[0] ? -1 : 1))[Symbol.iterator]();
    }
    keys() {
      return [...this].map((pair) => pair[0])[Symbol.iterator]();
    }
    values() {
      return [...this].map((pair) => pair[1])[Symbol.iterator]();
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toJSON() {
      return Object.fromEntries(this);
    }
    static #key(name) {
      if (!NAME.test(String(name))) throw new TypeError('Invalid header name: ' + name);
      return String(name).toLowerCase();
    }
    static #value(name, value) {
      const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
      if (/[\0\r\n]/.test(text) || /[^\x00-\xff]/.test(text)) throw new TypeError('Invalid value of the header ' + name);
      return text;
    }
  }

  // ---- bodies: text, a buffer, or the number under which the host keeps one
  function bodyOf(init) {
    if (init === undefined || init === null) return null;
    if (isBuffer(init)) {
      const view = ArrayBuffer.isView(init) ? new Uint8Array(init.buffer, init.byteOffset, init.byteLength) : new Uint8Array(init);
      return { kind: 'buffer', buffer: view.slice().buffer, type: null };
    }
    const form = typeof init === 'object' && init[Symbol.toStringTag] === 'URLSearchParams';
    const type = form ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8';
    return { kind: 'text', text: String(init), type };
  }

  class Body {
    #body = null;
    #used = false;
    _init(body) {
      this.#body = body;
    }
    _copy() {
      if (this.#used) throw new TypeError('The body was read already.');
      return this.#body !== null && this.#body.kind === 'host' ? { ...this.#body, id: copy(this.#body.id) } : this.#body;
    }
    get bodyUsed() {
      return this.#used;
    }
    #take() {
      if (this.#used) throw new TypeError('The body was read already.');
      this.#used = this.#body !== null;
      return this.#body ?? { kind: 'text', text: '' };
    }
    async text() {
      const body = this.#take();
      if (body.kind === 'host') return hostText(body.id);
      return body.kind === 'text' ? body.text : new TextDecoder().decode(body.buffer);
    }
    async json() {
      return JSON.parse(await this.text());
    }
    async arrayBuffer() {
      const body = this.#take();
      if (body.kind === 'text') return new TextEncoder().encode(body.text).buffer;
      if (body.kind === 'buffer') return body.buffer.slice(0);
      const buffer = new ArrayBuffer(body.size);
      fill(body.id, buffer);
      return buffer;
    }
    async bytes() {
      return new Uint8Array(await this.arrayBuffer());
    }
  }

  function withType(headers, body) {
    if (body !== null && body.type && !headers.has('content-type')) headers.set('content-type', body.type);
    return headers;
  }

  // ---- signals
  class AbortSignal {
    #reason;
    #aborted = false;
    #listeners = [];
    onabort = null;
    get aborted() {
      return this.#aborted;
    }
    get reason() {
      return this.#reason;
    }
    throwIfAborted() {
      if (this.#aborted) throw this.#reason;
    }
    addEventListener(type, listener, options) {
      if (type === 'abort') this.#listeners.push({ listener, once: Boolean(options && options.once) });
    }
    removeEventListener(type, listener) {
      if (type === 'abort') this.#listeners = this.#listeners.filter((each) => each.listener !== listener);
    }
    _abort(reason) {
      if (this.#aborted) return;
      this.#aborted = true;
      this.#reason = reason === undefined ? domError('AbortError', 'This operation was aborted') : reason;
      const event = { type: 'abort', target: this };
      for (const { listener } of this.#listeners.splice(0)) {
        if (typeof listener === 'function') listener.call(this, event);
        else listener.handleEvent(event);
      }
      if (typeof this.onabort === 'function') this.onabort(event);
    }
    static abort(reason) {
      const signal = new AbortSignal();
      signal._abort(reason);
      return signal;
    }
    static timeout(milliseconds) {
      const signal = new AbortSignal();
      loop.idly(() => signal._abort(domError('TimeoutError', 'The operation was aborted due to timeout')), milliseconds);
      return signal;
    }
    static any(signals) {
      const any = new AbortSignal();
      for (const signal of signals) {
        if (signal.aborted) any._abort(signal.reason);
        else signal.addEventListener('abort', () => any._abort(signal.reason));
      }
      return any;
    }
  }

  class AbortController {
    signal = new AbortSignal();
    abort(reason) {
      this.signal._abort(reason);
    }
  }

  // ---- requests and responses
  const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];

  function methodOf(method) {
    const text = String(method);
    const upper = text.toUpperCase();
    if (!NAME.test(text) || ['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError("fetch does not send the method '" + text + "'.");
    return METHODS.includes(upper) ? upper : text;
  }

  function addressOf(input) {
    const url = new URL(String(input));
    if (url.username !== '' || url.password !== '') throw new TypeError('fetch takes no address with credentials; use the header Authorization.');
    return url.href;
  }

  class Request extends Body {
    constructor(input, init = {}) {
      super();
      const from = input instanceof Request ? input : null;
      this.url = from === null ? addressOf(input) : from.url;
      this.method = methodOf(init.method ?? from?.method ?? 'GET');
      this.redirect = init.redirect ?? from?.redirect ?? 'follow';
      this.signal = init.signal ?? from?.signal ?? new AbortSignal();
      const body = init.body !== undefined && init.body !== null ? bodyOf(init.body) : (from?._copy() ?? null);
      if (body !== null && (this.method === 'GET' || this.method === 'HEAD')) throw new TypeError('A request with GET or HEAD has no body.');
      if (!['follow', 'error', 'manual'].includes(this.redirect)) throw new TypeError("redirect is 'follow', 'error' or 'manual'.");
      this.headers = withType(new Headers(init.headers ?? from?.headers), body);
      this._init(body);
    }
    clone() {
      return new Request(this);
    }
  }

  class Response extends Body {
    constructor(body = null, init = {}) {
      super();
      const status = init.status ?? 200;
      if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError('A response has a status from 200 to 599.');
      const content = bodyOf(body);
      this._set(status, init.statusText ?? '', '', withType(new Headers(init.headers), content), content, false);
    }
    _set(status, statusText, url, headers, body, redirected) {
      Object.assign(this, { status, statusText, url, headers, redirected, type: url === '' ? 'default' : 'basic' });
      this.ok = status >= 200 && status < 300;
      this._init(body);
      return this;
    }
    clone() {
      return new Response()._set(this.status, this.statusText, this.url, new Headers(this.headers), this._copy(), this.redirected);
    }
    static json(data, init = {}) {
      const headers = new Headers(init.headers);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
      return new Response(JSON.stringify(data), { ...init, headers });
    }
    static error() {
      return new Response()._set(0, '', '', new Headers(), null, false);
    }
  }
  for (const type of [Headers, Request, Response, AbortSignal]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { value: type.name, configurable: true });
  }

  // ---- fetch
  function answered(request, [, status, statusText, url, size, pairs]) {
    if (request.redirect === 'error' && status > 300 && status < 309 && status !== 304) {
      throw new TypeError('fetch failed: ' + url + ' redirects, which redirect: "error" forbids.');
    }
    const headers = new Headers();
    for (let i = 0; i < pairs.length; i += 2) headers.append(pairs[i], pairs[i + 1]);
    return [status, statusText, url, headers, size, url !== request.url.replace(/#.*$/, '')];
  }

  function fetch(input, init) {
    return new Promise((resolve, reject) => {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const body = request._copy();
      const sent = body === null ? null : body.kind === 'text' ? body.text : body.kind === 'buffer' ? body.buffer : bufferOf(body);
      const size = typeof sent === 'string' || sent === null ? 0 : sent.byteLength;
      const id = send(request.method, request.url, [...request.headers].flat(), sent, 0, size, request.redirect === 'follow' ? 10 : 0);
      const given = () => {
        loop.forget(id);
        abort(id);
        reject(request.signal.reason);
      };
      request.signal.addEventListener('abort', given);
      loop.onArrival(id, (answer) => {
        request.signal.removeEventListener('abort', given);
        if (answer.length === 2) return reject(new TypeError('fetch failed: ' + answer[1]));
        try {
          const [status, words, url, headers, length, redirected] = answered(request, answer);
          resolve(new Response()._set(status, words, url, headers, { kind: 'host', id, size: length }, redirected));
        } catch (e) {
          reject(e);
        }
      });
    });
  }

  function bufferOf(body) {
    const buffer = new ArrayBuffer(body.size);
    fill(body.id, buffer);
    return buffer;
  }

  return { fetch, Headers, Request, Response, AbortController, AbortSignal };
})
