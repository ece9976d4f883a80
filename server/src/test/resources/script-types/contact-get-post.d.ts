// What the script event:db._table.contact.get.post_process finds. Made by Sluice from the schema of 'db'.
// For a compiler with lib es2024, without dom. Ask again after the schema has changed.

declare namespace Sluice {
  interface Event {
    resource: string;
    request: Request<Payload, Parameters>;
    response: Response<Content & { error?: Failure }>;
    readonly name: string;
    readonly stage: "post_process";
    readonly script_name: string;
    /** No further script of this event runs. */
    stop_propagation?: boolean;
    setResponse(content: any, statusCode?: number, contentType?: string): void;
    setRequest(request: Request<any, any>): void;
    setReturn(content: any): void;
    [more: string]: any;
  }

  interface Parameters {
    /** Comma list of the fields to answer with; * for all. Reads give all when it is left out, writes the primary key only. Also: select. */
    fields?: string;
    /** Which records: field, operator, value, joined by AND, OR and NOT, parentheses around each. Operators: = != > >= < <= LIKE, IN, NOT IN, BETWEEN, CONTAINS, STARTS WITH, ENDS WITH, IS NULL, IS NOT NULL. Also: where. */
    filter?: string;
    /** Records at most; the most that the service gives (max_records, 1000 unless set) when left out, below 1 or above that. Also: top. */
    limit?: string;
    /** Records to leave out at the front. Default: 0. Also: skip. */
    offset?: string;
    /** Comma list of fields, each followed by asc (default) or desc. Also: sort, order_by. */
    order?: string;
    /** Comma list of fields to group by; fields may then hold SUM(f), COUNT(f), COUNT(*), AVG, MIN, MAX. */
    group?: string;
    /** Each combination of the fields once. Default: false. */
    distinct?: string;
    /** Comma list of relations to fetch with each record, also a.b for those of related records; * for all. {relation}.fields, {relation}.order and {relation}.limit choose among related records. */
    related?: string;
    /** Comma list of identifiers: these records, in this order. */
    ids?: string;
    /** The field, or comma list of fields, that identifies a record; the primary key by default. */
    id_field?: string;
    /** Tell in meta.count how many records fit. Default: false. */
    include_count?: string;
    /** Tell the table in meta.schema. Default: false. */
    include_schema?: string;
    /** Answer with the number of records that fit, alone. Default: false. */
    count_only?: string;
    /** Answer with identifiers in place of records. Default: false. */
    as_list?: string;
    /** Go on after a record that failed. Each record is a transaction. Default: false. */
    continue?: string;
    [more: string]: any;
  }

  type Payload = any;

  type Content = {
    resource: Contact[];
    meta?: Meta;
  };

  /** Paths that are known; any other text will do. */
  type Path =
    | "db/_schema"
    | "db/_table"
    | "db/_table/contact"
    | "api_docs/"
    | "files/"
    | "system/"
    | "user/"
    | (string & {});

  interface Contact {
    /** (integer) Primary key, numbered by the database. */
    id: number;
    /** (varchar(40)) */
    name: string;
    /** (integer) */
    age: number | null;
    /** (varchar(60)) */
    email: string | null;
    [more: string]: any;
  }

  interface Meta {
    /** How many records there are, limit and offset left aside. */
    count?: number;
    /** The offset of the next page, when there is one. */
    next?: number;
    /** The table, with include_schema. */
    schema?: Record<string, unknown>;
    [more: string]: any;
  }
}
