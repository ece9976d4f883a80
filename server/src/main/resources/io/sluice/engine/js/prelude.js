// The globals that a script finds beside the language's own, and the loop that turns its timers and callbacks. Evaluated in each
// new context before the script; `renew` makes all as new for each run. Whatever a script does to the globals hurts its own run
// only: the objects that it may change are made anew, the functions that outlive a run cannot be changed.
//
// host: print(level, text), call(asText, method, path, payload, parameters, headers, options), encode(text), decode(text),
// library(name), [get, set, delete] of platform.store, the functions of WebCalls for the libraries,
// load(path, name) for require
// hardened: whether other runs of the script follow in this context
// Answers, in this order, what Place.Prelude lists.
(function (host, hardened) {
  'use strict';
  const [print, call, encode, decode, library, keeping, web, load] = host;
  const [storeGet, storeSet, storeDelete] = keeping;
  const [, arrived] = web;
  const global = globalThis;
  const { freeze } = Object;
  const { Error, RangeError, TypeError } = global;
  let script;
  let event;
  let returned;
  let rejected = null;

  // A function that a script gets hold of, which may have come from the run before.
  function still(kept) {
    if (!hardened) return kept;
    if (kept.prototype !== undefined) freeze(kept.prototype);
    return freeze(kept);
  }

  // ---- the event loop: callbacks of platform.api first, then answers of fetch, then timers in the order of their time
  const queue = [];
  const awaited = new Map();
  let began = 0;
  const timers = new Map();
  let lastTimer = 0;

  function setTimer(callback, delay, args, repeats, idle = false) {
    if (typeof callback !== 'function') throw new TypeError('The callback of a timer must be a function.');
    const wait = delay >= 1 ? Math.min(Number(delay), 2147483647) : 1;
    timers.set(++lastTimer, { due: Date.now() + wait, wait, callback, args, repeats, idle });
    return lastTimer;
  }

  // Due before every timer, whatever the clock says, and in the order of the calls.
  function setImmediately(callback, args) {
    const id = setTimer(callback, 0, args, false);
    timers.get(id).due = 0;
    return id;
  }

  function clearTimer(id) {
    timers.delete(id);
  }

  function firstTimer() {
    let first = null;
    for (const [id, timer] of timers) {
      if (first === null || timer.due < first.timer.due) first = { id, timer };
    }
    return first;
  }

  // Whether anything is left that the run waits for; a timer that only watches over something else is not.
  function busy() {
    if (awaited.size > 0) return true;
    for (const timer of timers.values()) if (!timer.idle) return true;
    return false;
  }

  // What libraries may do with the loop: have an answer of the host handed to a function, have a function called later that the
  // run does not wait for.
  const loop = {
    onArrival(id, callback) {
      awaited.set(id, callback);
    },
    forget(id) {
      awaited.delete(id);
    },
    idly: (callback, delay) => setTimer(callback, delay, [], false, true),
    clear: clearTimer,
  };

  // Does one thing; answers the milliseconds to wait before the next turn, -1 when there is nothing left to do.
  function turn() {
    if (rejected !== null) throw rejected.reason;
    if (queue.length > 0) {
      queue.shift()();
      return 0;
    }
    if (awaited.size > 0) {
      const answer = arrived();
      if (answer !== null) {
        const then = awaited.get(answer[0]);
        awaited.delete(answer[0]);
        if (then !== undefined) then(answer);
        return 0;
      }
    }
    const first = firstTimer();
    if (first === null || !busy()) return awaited.size > 0 ? 86400000 : -1;
    const wait = first.timer.due - Date.now();
    if (wait > 0) return wait;
    if (first.timer.repeats) first.timer.due = Date.now() + first.timer.wait;
    else timers.delete(first.id);
    first.timer.callback(...first.timer.args);
    return 0;
  }

  function start(anEvent, platform) {
    event = anEvent;
    began = Date.now();
    global._event = anEvent;
    global.DSP = { platform };
    const result = script(anEvent, platform);
    if (result instanceof Promise) {
      result.then((value) => keep(value), (reason) => { rejected = { reason }; });
    } else {
      keep(result);
    }
  }

  function keep(value) {
    if (value !== undefined && typeof value !== 'function') returned = value;
  }

  function result() {
    return returned;
  }

  // ---- event
  function setResponse(content, statusCode = 200, contentType = 'application/json') {
    if (event.response === null || typeof event.response !== 'object') event.response = {};
    event.response.content = content;
    event.response.status_code = statusCode;
    event.response.content_type = contentType;
  }

  function setRequest(request) {
    if (request) event.request = request;
  }

  function setReturn(content) {
    returned = content;
  }

  // ---- platform.api, in two styles: with a function as last argument as in Node, else with a result as in V8js
  function isObject(value) {
    return value !== null && typeof value === 'object';
  }

  function isOptions(value) {
    return isObject(value) && ('headers' in value || 'parameters' in value);
  }

  function ask(method, path, args) {
    if (typeof path !== 'string' || path === '') {
      throw new TypeError("platform.api needs a path such as 'db/_table/contact' as text.");
    }
    const callback = typeof args[args.length - 1] === 'function' ? args.pop() : null;
    const bare = args.length === 1 && (method === 'GET' ? callback !== null || isOptions(args[0]) : method === 'DELETE' && isOptions(args[0]));
    const payload = bare ? null : args[0];
    const options = bare ? args[0] : args[1];
    let headers = null;
    let parameters = null;
    if (isOptions(options)) ({ headers, parameters } = options);
    else if (callback !== null && isObject(options)) headers = options;
    const answer = call(callback !== null, method, path, payload === '' ? null : payload, parameters, headers, callback === null ? options : null);
    if (callback === null) return answer;
    queue.push(() => callback(answer.body, answer.response));
  }

  const get = still((path, ...args) => ask('GET', path, args));
  const post = still((path, ...args) => ask('POST', path, args));
  const put = still((path, ...args) => ask('PUT', path, args));
  const patch = still((path, ...args) => ask('PATCH', path, args));
  const remove = still((path, ...args) => ask('DELETE', path, args));
  const callBy = still((method, path, ...args) => ask(String(method).toUpperCase(), path, args));

  // ---- platform.store
  const getStored = still((key, otherwise = null) => storeGet(String(key), otherwise));
  const setStored = still((key, value, seconds = null) => {
    storeSet(String(key), value, seconds);
    return value;
  });
  const deleteStored = still((key) => storeDelete(String(key)));

  // ---- console
  function describe(value) {
    if (typeof value === 'string') return value;
    if (typeof value === 'function') return '[Function' + (value.name ? ': ' + value.name : '') + ']';
    if (!isObject(value)) return typeof value === 'bigint' ? value + 'n' : String(value);
    if (value instanceof Error) return value.stack || String(value);
    try {
      return structure(value);
    } catch (e) {
      return '[' + e + ']';
    }
  }

  function structure(value) {
    const path = [];
    return JSON.stringify(value, function (key, inner) {
      if (typeof inner === 'bigint') return inner + 'n';
      if (inner instanceof Error) return String(inner);
      if (inner instanceof Map) inner = Object.fromEntries(inner);
      else if (inner instanceof Set) inner = [...inner];
      if (!isObject(inner)) return inner;
      while (path.length > 0 && path[path.length - 1] !== this) path.pop();
      if (path.includes(inner)) return '[Circular]';
      path.push(inner);
      return inner;
    });
  }

  function printer(level) {
    return still((...args) => {
      print(level, args.map(describe).join(' '));
    });
  }

  const log = printer('log');
  const info = printer('info');
  const warn = printer('warn');
  const error = printer('error');
  const debug = printer('debug');
  const logOne = still((value) => log(value));
  const groupEnd = still(() => {});
  const counts = new Map();
  const time = still((label = 'default') => {
    counts.set(label, Date.now());
  });
  const timeEnd = still((label = 'default') => {
    log(label + ': ' + (Date.now() - counts.get(label)) + ' ms');
  });
  const assert = still((condition, ...args) => {
    if (!condition) error('Assertion failed', ...args);
  });

  // ---- require, as in CommonJS: each text runs once, and is found unfinished by those that it needs itself
  const modules = new Map();

  function requireOf(path) {
    return still(function require(name) {
      const [id, kind, value] = load(path, String(name));
      const known = modules.get(id);
      if (known !== undefined) return known.exports;
      const module = { id, exports: {}, loaded: false };
      if (kind === 'nothing') throw Object.assign(new Error(value), { code: 'MODULE_NOT_FOUND' });
      modules.set(id, module);
      try {
        if (kind === 'json') module.exports = JSON.parse(value);
        else if (kind === 'module') module.exports = value.ns;
        else if (kind === 'member') module.exports = requireAsEntry(value)[id.slice(value.length + 1)];
        else value.call(module.exports, module.exports, requireOf(id), module, '/' + id, '/' + id.slice(0, Math.max(0, id.lastIndexOf('/'))));
        module.loaded = true;
      } catch (e) {
        modules.delete(id);
        throw e;
      }
      return module.exports;
    });
  }

  // ---- the rest
  const setTimeout = still((callback, delay, ...args) => setTimer(callback, delay, args, false));
  const setInterval = still((callback, delay, ...args) => setTimer(callback, delay, args, true));
  const setImmediate = still((callback, ...args) => setImmediately(callback, args));
  const clear = still((id) => clearTimer(id));
  const now = still(() => Date.now() - began);
  const queueMicrotask = still((callback) => {
    Promise.resolve().then(callback);
  });
  const btoa = still((text) => encode(String(text)));
  const atob = still((text) => decode(String(text)));
  const requireAsEntry = requireOf('');

  // ---- libraries (lib/NAME.js): evaluated for a run when one of their globals is first named in it. Each file is an
  // expression, a function of the host's functions and the loop that answers an object of values by the name of their global.
  const LIBRARIES = {
    url: ['URL', 'URLSearchParams'],
    web: ['fetch', 'Headers', 'Request', 'Response', 'AbortController', 'AbortSignal'],
    crypto: ['crypto'],
    clone: ['structuredClone'],
  };
  const loaded = new Map();

  function lazily(name, from) {
    const { get: read, set: write } = {
      get() {
        if (!loaded.has(name)) {
          const values = library(from)(host, loop);
          for (const each of LIBRARIES[from]) if (!loaded.has(each)) loaded.set(each, values[each]);
        }
        return loaded.get(name);
      },
      set(value) {
        loaded.set(name, value);
      },
    };
    Object.defineProperty(global, name, { get: still(read), set: still(write), enumerable: false, configurable: true });
  }

  for (const from in LIBRARIES) for (const name of LIBRARIES[from]) lazily(name, from);

  // ---- a run begins: nothing is left of the last one. Each global is named in full, which the engine makes quick.
  function renew(itsScript) {
    script = itsScript;
    event = undefined;
    returned = undefined;
    rejected = null;
    if (queue.length > 0) queue.length = 0;
    for (const kept of [awaited, timers, counts, modules, loaded]) if (kept.size > 0) kept.clear();
    lastTimer = 0;
    global._event = undefined;
    global.DSP = undefined;
    global.console = {
      log, info, warn, error, debug, trace: debug, dir: logOne, table: logOne, group: log, groupEnd, time, timeEnd, assert,
    };
    global.setTimeout = setTimeout;
    global.setInterval = setInterval;
    global.setImmediate = setImmediate;
    global.clearTimeout = clear;
    global.clearInterval = clear;
    global.clearImmediate = clear;
    global.performance = { now, get timeOrigin() { return began; } };
    global.queueMicrotask = queueMicrotask;
    global.btoa = btoa;
    global.atob = atob;
    global.print = log;
    global.var_dump = log;
    global.require = requireAsEntry;
    return [
      { get, post, put, patch, delete: remove, call: callBy },
      { get: getStored, set: setStored, delete: deleteStored },
    ];
  }

  // Each class is named in full: a property looked up by a variable's value takes a lock that all contexts share, each time. When a
  // script is so deep that the stack ends in there, the lock is never given back, and every later error of any script waits for it.
  function fail(kind, message) {
    if (kind === 'TypeError') throw new TypeError(message);
    if (kind === 'RangeError') throw new RangeError(message);
    throw new Error(message);
  }

  return [renew, start, turn, result, fail, still(setResponse), still(setRequest), still(setReturn)];
})
