// Reads addresses as the URL Standard (url.spec.whatwg.org) does, for url.js. Host names are made ASCII by the host's function (IDNA
// of 2003 rather than UTS 46).
(function (host) {
  'use strict';
  const domainToAscii = host[6][9];
  const SPECIAL = { 'http:': '80', 'https:': '443', 'ftp:': '21', 'ws:': '80', 'wss:': '443', 'file:': '' };
  const special = (url) => Object.hasOwn(SPECIAL, url.scheme);

  // ---- percent-encoding
  const C0 = /[^\x20-\x7e]/u;
  const FRAGMENT = /[^\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7e]/u;
  const QUERY = /[^\x21\x24-\x3b\x3d\x3f-\x7e]/u;
  const SPECIAL_QUERY = /[^\x21\x24-\x26\x28-\x3b\x3d\x3f-\x7e]/u;
  const PATH = /[^\x21\x24-\x3b\x3d\x40-\x5d\x5f\x61-\x7a\x7c\x7e]/u;
  const USERINFO = /[^\x21\x24-\x2e\x30-\x39\x41-\x5a\x5f\x61-\x7a\x7e]/u;
  const FORM = /[^*\-.0-9A-Z_a-z]/u;
  const HEX = '0123456789ABCDEF';

  function utf8(code) {
    if (code < 0x80) return [code];
    if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)];
    if (code >= 0xd800 && code <= 0xdfff) return [0xef, 0xbf, 0xbd];
    if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
    return [0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
  }

  function encode(text, unsafe) {
    let out = '';
    for (const char of text) {
      if (!unsafe.test(char)) out += char;
      else for (const byte of utf8(char.codePointAt(0))) out += '%' + HEX[byte >> 4] + HEX[byte & 15];
    }
    return out;
  }

  function decode(text) {
    if (!text.includes('%')) return text;
    const bytes = [];
    for (let i = 0; i < text.length; i++) {
      const hex = text[i] === '%' ? text.slice(i + 1, i + 3) : '';
      if (/^[0-9a-f]{2}$/i.test(hex)) {
        bytes.push(parseInt(hex, 16));
        i += 2;
      } else {
        const code = text.codePointAt(i);
        if (code > 0xffff) i++;
        bytes.push(...utf8(code));
      }
    }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
  }

  // ---- hosts; null is failure
  function parseHost(input, isSpecial) {
    if (input.startsWith('[')) return input.endsWith(']') ? parseV6(input.slice(1, -1)) : null;
    if (!isSpecial) return /[\x00\t\n\r #/:<>?@[\\\]^|]/.test(input) ? null : encode(input, C0);
    const decoded = decode(input);
    if (decoded.includes('\ufffd')) return null;
    const plain = /^[\x00-\x7f]*$/.test(decoded) ? decoded : domainToAscii(decoded.normalize('NFKC').replace(/[\u3002\uff61]/g, '.'));
    if (plain === null || plain === '') return null;
    const ascii = plain.toLowerCase();
    if (/[\x00-\x20"#%/:<>?@[\\\]^`{|}\x7f]/.test(ascii)) return null;
    return endsInNumber(ascii) ? parseV4(ascii) : ascii;
  }

  function endsInNumber(name) {
    const parts = name.split('.');
    if (parts.at(-1) === '') {
      if (parts.length === 1) return false;
      parts.pop();
    }
    return /^([0-9]+|0x[0-9a-f]*)$/.test(parts.at(-1));
  }

  function parseV4(name) {
    const parts = name.split('.');
    if (parts.at(-1) === '' && parts.length > 1) parts.pop();
    if (parts.length > 4) return null;
    const numbers = parts.map((part) => {
      if (part === '') return NaN;
      const radix = /^0x/.test(part) ? 16 : part.length > 1 && part[0] === '0' ? 8 : 10;
      const digits = radix === 16 ? part.slice(2) : part;
      if (!(radix === 16 ? /^[0-9a-f]*$/ : radix === 8 ? /^[0-7]+$/ : /^[0-9]+$/).test(digits)) return NaN;
      return digits === '' ? 0 : parseInt(digits, radix);
    });
    const last = numbers.length - 1;
    if (numbers.some(Number.isNaN) || numbers.some((n, i) => i < last && n > 255)) return null;
    if (numbers[last] >= 256 ** (4 - last)) return null;
    let address = numbers[last];
    for (let i = 0; i < last; i++) address += numbers[i] * 256 ** (3 - i);
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
  }

  function parseV6(text) {
    let source = text;
    const v4 = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
    if (v4 !== null) {
      const bytes = v4[2].split('.');
      if (bytes.some((b) => Number(b) > 255 || (b.length > 1 && b[0] === '0'))) return null;
      const [a, b, c, d] = bytes.map(Number);
      source = v4[1] + (a * 256 + b).toString(16) + ':' + (c * 256 + d).toString(16);
    }
    const halves = source.split('::');
    if (halves.length > 2) return null;
    const pieces = halves.map((half) => (half === '' ? [] : half.split(':')));
    if (pieces.flat().some((piece) => !/^[0-9a-f]{1,4}$/i.test(piece))) return null;
    const given = pieces.flat().length;
    if (halves.length === 1 ? given !== 8 : given > 7) return null;
    const all = [...pieces[0], ...new Array(8 - given).fill('0'), ...(pieces[1] ?? [])];
    return '[' + compressed(all.map((piece) => parseInt(piece, 16).toString(16))) + ']';
  }

  function compressed(pieces) {
    let best = { at: -1, length: 1 };
    for (let i = 0; i < 8; i++) {
      let length = 0;
      while (i + length < 8 && pieces[i + length] === '0') length++;
      if (length > best.length) best = { at: i, length };
    }
    if (best.at < 0) return pieces.join(':');
    return pieces.slice(0, best.at).join(':') + '::' + pieces.slice(best.at + best.length).join(':');
  }

  // ---- paths
  const isSingleDot = (part) => /^(\.|%2e)$/i.test(part);
  const isDoubleDot = (part) => /^(\.|%2e){2}$/i.test(part);
  const isDrive = (part) => /^[a-z][:|]$/i.test(part);
  const startsWithDrive = (rest) => /^[a-z][:|]([/\\?#]|$)/i.test(rest);

  function shorten(url) {
    if (url.scheme === 'file:' && url.path.length === 1 && /^[a-z]:$/i.test(url.path[0])) return;
    url.path.pop();
  }

  function readPath(url, text) {
    const parts = text.split(special(url) ? /[/\\]/ : '/');
    parts.forEach((part, i) => {
      const last = i === parts.length - 1;
      if (isDoubleDot(part)) {
        shorten(url);
        if (last) url.path.push('');
      } else if (isSingleDot(part)) {
        if (last) url.path.push('');
      } else {
        const drive = url.scheme === 'file:' && url.path.length === 0 && isDrive(part);
        url.path.push(drive ? part[0] + ':' : encode(part, PATH));
      }
    });
  }

  // ---- the parser: cuts the text as the states of the standard would; null is failure
  function parse(input, base) {
    let rest = String(input).replace(/^[\x00-\x20]+|[\x00-\x20]+$/g, '').replace(/[\t\n\r]/g, '');
    const url = { scheme: '', username: '', password: '', host: null, port: '', path: [], query: null, fragment: null };
    const hash = rest.indexOf('#');
    if (hash >= 0) {
      url.fragment = encode(rest.slice(hash + 1), FRAGMENT);
      rest = rest.slice(0, hash);
    }
    const scheme = /^([a-z][a-z0-9+.-]*:)/i.exec(rest);
    if (scheme === null) return base === null ? null : relative(url, rest, base, hash >= 0);
    url.scheme = scheme[1].toLowerCase();
    rest = rest.slice(scheme[1].length);
    if (url.scheme === 'file:') return file(url, rest, base !== null && base.scheme === 'file:' ? base : null);
    if (special(url)) {
      if (base !== null && base.scheme === url.scheme && !/^[/\\]{2}/.test(rest)) return relative(url, rest, base, false);
      return authority(url, rest.replace(/^[/\\]*/, ''));
    }
    if (rest.startsWith('//')) return authority(url, rest.slice(2));
    if (rest.startsWith('/')) return tail(url, rest);
    const query = rest.indexOf('?');
    if (query >= 0) url.query = encode(rest.slice(query + 1), QUERY);
    url.path = encode(query < 0 ? rest : rest.slice(0, query), C0).replace(/ $/, '%20');
    return url;
  }

  function relative(url, rest, base, hasFragment) {
    if (typeof base.path === 'string' && !(rest === '' && hasFragment)) return null;
    url.scheme = base.scheme;
    if (typeof base.path === 'string') return Object.assign(url, { path: base.path, query: base.query });
    if (url.scheme === 'file:') return file(url, rest, base);
    const slash = special(url) ? /^[/\\]/ : /^\//;
    if (slash.test(rest) && slash.test(rest.slice(1))) {
      return authority(url, special(url) ? rest.replace(/^[/\\]+/, '') : rest.slice(2));
    }
    Object.assign(url, { username: base.username, password: base.password, host: base.host, port: base.port });
    return slash.test(rest) ? tail(url, rest) : below(url, rest, base);
  }

  function below(url, rest, base) {
    url.path = base.path.slice();
    if (rest === '') {
      url.query = base.query;
      return url;
    }
    if (rest[0] === '?') return tail(url, rest, true);
    shorten(url);
    return tail(url, rest);
  }

  function authority(url, rest) {
    const end = rest.search(special(url) ? /[/\\?]/ : /[/?]/);
    let front = end < 0 ? rest : rest.slice(0, end);
    const at = front.lastIndexOf('@');
    if (at >= 0) {
      const [, name, password] = /^([^:]*):?([^]*)$/.exec(front.slice(0, at));
      url.username = encode(name, USERINFO);
      url.password = encode(password, USERINFO);
      front = front.slice(at + 1);
      if (front === '') return null;
    }
    const colon = /:([0-9]*)$/.exec(front);
    const name = colon !== null && !/\[[^\]]*$/.test(front) ? front.slice(0, colon.index) : front;
    if (name === '' && (special(url) || colon !== null)) return null;
    url.host = name === '' ? '' : parseHost(name, special(url));
    if (url.host === null) return null;
    if (colon !== null && colon[1] !== '' && name !== front) {
      if (Number(colon[1]) > 65535) return null;
      url.port = port(url, colon[1]);
    }
    return tail(url, end < 0 ? '' : rest.slice(end));
  }

  function port(url, digits) {
    const number = String(Number(digits));
    return SPECIAL[url.scheme] === number ? '' : number;
  }

  function tail(url, rest, keepPath = false) {
    const query = rest.indexOf('?');
    const path = query < 0 ? rest : rest.slice(0, query);
    if (query >= 0) url.query = encode(rest.slice(query + 1), special(url) ? SPECIAL_QUERY : QUERY);
    if (keepPath) return url;
    const cut = (special(url) ? /^[/\\]/ : /^\//).test(path) ? path.slice(1) : path;
    if (path !== '' || special(url)) readPath(url, cut);
    return url;
  }

  function file(url, rest, base) {
    url.host = '';
    const first = /^[/\\]/.test(rest);
    if (first && /^[/\\]/.test(rest.slice(1))) {
      const after = rest.slice(2);
      const end = after.search(/[/\\?]/);
      const name = end < 0 ? after : after.slice(0, end);
      if (isDrive(name)) return tail(url, after);
      url.host = name === '' ? '' : parseHost(name, true);
      if (url.host === null) return null;
      if (url.host === 'localhost') url.host = '';
      return tail(url, end < 0 ? '' : after.slice(end));
    }
    if (base === null) return tail(url, rest);
    url.host = base.host;
    if (first) {
      if (!startsWithDrive(rest.slice(1)) && /^[a-z]:$/i.test(base.path[0] ?? '')) url.path.push(base.path[0]);
      return tail(url, rest);
    }
    if (startsWithDrive(rest)) return tail(url, rest);
    return below(url, rest, base);
  }

  function pathOf(url) {
    return typeof url.path === 'string' ? url.path : url.path.map((part) => '/' + part).join('');
  }

  function serialize(url) {
    let text = url.scheme;
    if (url.host !== null) {
      text += '//';
      if (url.username !== '' || url.password !== '') {
        text += url.username + (url.password === '' ? '' : ':' + url.password) + '@';
      }
      text += url.host + (url.port === '' ? '' : ':' + url.port);
    } else if (typeof url.path !== 'string' && url.path.length > 1 && url.path[0] === '') {
      text += '/.';
    }
    return text + pathOf(url) + (url.query === null ? '' : '?' + url.query) + (url.fragment === null ? '' : '#' + url.fragment);
  }

  return { parse, serialize, parseHost, pathOf, tail, port, special, encode, decode, SPECIAL, QUERY, SPECIAL_QUERY, USERINFO, FRAGMENT, FORM };
})
