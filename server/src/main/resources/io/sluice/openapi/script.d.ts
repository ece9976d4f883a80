declare namespace Sluice {
  /** What was asked. Names of headers are in lower case; values of the query are text. */
  interface Request<Payload = any, Parameters = Record<string, any>> {
    api_version: string;
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    parameters: Parameters;
    headers: Record<string, string>;
    /** The decoded body; an empty list without one. */
    payload: Payload;
    /** The body as it came. */
    content: string;
    content_type: string;
    uri: string;
    service: string;
    resource: string;
  }

  interface Response<Content = any> {
    status_code: number;
    content_type: string | null;
    content: Content;
    format: number;
    headers: Record<string, string>;
  }

  /** What stands in `content` after a failure. */
  interface Failure {
    code: number;
    message: string;
    context?: any;
    status_code?: number;
  }

  interface Answer<Content = any> {
    status_code: number;
    content_type: string | null;
    /** Data, or text. An error is `{error: …}`, never thrown. */
    content: Content;
    format: number;
    headers: Record<string, string>;
  }

  interface Options {
    headers?: Record<string, string>;
    parameters?: Record<string, any>;
  }

  interface NodeResponse {
    statusCode: number;
    statusMessage: string;
    headers: Record<string, string>;
  }

  /** As Node scripts have it: the body is text. */
  type Callback = (body: string, response: NodeResponse) => void;

  /** Calls the API with the rights of the call that the script serves; with a callback as last argument as in Node. */
  interface Api {
    get<Content = any>(path: Path, options?: Options | Record<string, any> | null): Answer<Content>;
    get(path: Path, callback: Callback): void;
    get(path: Path, options: Options | Record<string, any> | string | null, callback: Callback): void;
    post<Content = any>(path: Path, payload?: any, options?: Options): Answer<Content>;
    post(path: Path, payload: any, options: Options | string | null, callback: Callback): void;
    put<Content = any>(path: Path, payload?: any, options?: Options): Answer<Content>;
    put(path: Path, payload: any, options: Options | string | null, callback: Callback): void;
    patch<Content = any>(path: Path, payload?: any, options?: Options): Answer<Content>;
    patch(path: Path, payload: any, options: Options | string | null, callback: Callback): void;
    delete<Content = any>(path: Path, payload?: any, options?: Options): Answer<Content>;
    delete(path: Path, payload: any, options: Options | string | null, callback: Callback): void;
    call<Content = any>(method: string, path: Path, payload?: any, options?: Options): Answer<Content>;
    call(method: string, path: Path, payload: any, options: Options | string | null, callback: Callback): void;
  }

  /** Keys and values that outlive a run, shared by all scripts. */
  interface Store {
    get(key: string, otherwise?: any): any;
    /** @param seconds how long it is kept */
    set(key: string, value: any, seconds?: number): void;
    delete(key: string): boolean;
  }

  /** Whom the script serves, without their secrets. */
  interface Session {
    user?: {
      id: number;
      name: string;
      username: string;
      display_name: string;
      first_name: string;
      last_name: string;
      email: string;
      is_sys_admin: boolean;
      last_login_date: string | null;
    };
    app?: { id: number; name: string };
    role?: { id: number; name: string };
    lookup: Record<string, any>;
    requestor: string;
    api_key: string | null;
    session_token: string | null;
  }

  interface Platform {
    api: Api;
    store: Store;
    session: Session;
    config: Record<string, any>;
  }

  interface Console {
    log(...values: any[]): void;
    info(...values: any[]): void;
    warn(...values: any[]): void;
    error(...values: any[]): void;
    debug(...values: any[]): void;
    trace(...values: any[]): void;
    dir(value: any): void;
    table(value: any): void;
    group(...values: any[]): void;
    groupEnd(): void;
    time(label?: string): void;
    timeEnd(label?: string): void;
    assert(condition: any, ...values: any[]): void;
  }

  interface FetchOptions {
    method?: string;
    headers?: Record<string, string>;
    body?: any;
  }

  interface FetchResponse {
    readonly ok: boolean;
    readonly status: number;
    readonly statusText: string;
    readonly url: string;
    readonly headers: { get(name: string): string | null; has(name: string): boolean; forEach(each: (value: string, name: string) => void): void };
    text(): Promise<string>;
    json(): Promise<any>;
    arrayBuffer(): Promise<ArrayBuffer>;
  }
}

declare const event: Sluice.Event;
declare const _event: Sluice.Event;
declare const platform: Sluice.Platform;
declare const DSP: { platform: Sluice.Platform };
declare const console: Sluice.Console;
/** Old scripts call it `lodash` or `_`. */
declare const lodash: any;
declare const _: any;
declare function require(name: string): any;
declare function print(...values: any[]): void;
declare function var_dump(...values: any[]): void;
declare function fetch(address: string, options?: Sluice.FetchOptions): Promise<Sluice.FetchResponse>;
declare function setTimeout(callback: (...args: any[]) => void, milliseconds?: number, ...args: any[]): number;
declare function setInterval(callback: (...args: any[]) => void, milliseconds?: number, ...args: any[]): number;
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): number;
declare function clearTimeout(timer: number | undefined): void;
declare function clearInterval(timer: number | undefined): void;
declare function clearImmediate(timer: number | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(text: string): string;
declare function btoa(text: string): string;
declare const crypto: { randomUUID(): string; subtle: { digest(algorithm: string, data: Uint8Array | ArrayBuffer): Promise<ArrayBuffer> } };
declare class URL {
  constructor(address: string, base?: string);
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
  readonly searchParams: URLSearchParams;
  toString(): string;
}
declare class URLSearchParams {
  constructor(from?: string | Record<string, string> | [string, string][]);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  forEach(each: (value: string, name: string) => void): void;
  toString(): string;
}
declare class TextEncoder {
  encode(text?: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string);
  decode(bytes?: Uint8Array | ArrayBuffer): string;
}
