-- What users add to a database's own schema: labels, aliases, pick lists, checks, virtual relations.
create table schema_setting (
  id integer primary key autoincrement,
  service_id integer not null references service(id) on delete cascade,
  -- as the database has it, in lower case
  table_name varchar(255) not null,
  -- 'table', 'field' or 'relation'
  kind varchar(16) not null,
  -- of the field or relation, in lower case, or empty for the table itself
  name varchar(255) not null default '',
  -- JSON
  settings text not null,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  unique (service_id, table_name, kind, name)
);

-- Which other origins browsers may call from.
create table cors (
  id integer primary key autoincrement,
  path varchar(255) not null,
  description text,
  origin text not null,
  header text,
  exposed_header text,
  method integer not null default 31,
  max_age integer not null default 0,
  supports_credentials integer not null default 0,
  enabled integer not null default 1,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

-- Calls that carried an Idempotency-Key, with their answers once they have one.
create table idempotent_call (
  id integer primary key autoincrement,
  -- hash of caller, service and key
  call_key varchar(64) not null unique,
  -- hash of verb, path, parameters and body
  request_hash varchar(64) not null,
  -- 'running' or 'done'
  state varchar(16) not null,
  -- JSON of status, headers and content, when done
  answer text,
  created_date varchar(30) not null
);
create index idempotent_call_created on idempotent_call (created_date);
