-- Times are ISO-8601 text in UTC; booleans 0 or 1; JSON as text. Plain SQL, so that PostgreSQL and MySQL can follow.

create table role (
  id integer primary key autoincrement,
  name varchar(64) not null unique,
  description text,
  is_active integer not null default 1,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

create table role_service_access (
  id integer primary key autoincrement,
  role_id integer not null references role(id) on delete cascade,
  service_id integer,
  component varchar(255),
  verb_mask integer not null default 0,
  requestor_mask integer not null default 1,
  filters text,
  filter_op varchar(8) not null default 'AND',
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

create table app (
  id integer primary key autoincrement,
  name varchar(64) not null unique,
  api_key varchar(255) not null unique,
  description text,
  is_active integer not null default 1,
  type integer not null default 0,
  path text,
  url text,
  storage_service_id integer,
  storage_container text,
  requires_fullscreen integer not null default 0,
  allow_fullscreen_toggle integer not null default 1,
  toggle_location varchar(64) not null default 'top',
  role_id integer references role(id) on delete set null,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

-- Administrators and users; password is an Argon2id hash.
create table person (
  id integer primary key autoincrement,
  name varchar(255) not null,
  username varchar(255) unique,
  first_name varchar(255),
  last_name varchar(255),
  email varchar(255) not null unique,
  phone varchar(64),
  password text,
  is_active integer not null default 1,
  is_sys_admin integer not null default 0,
  last_login_date varchar(30),
  security_question text,
  security_answer text,
  default_app_id integer,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

create table user_to_app_to_role (
  id integer primary key autoincrement,
  user_id integer not null references person(id) on delete cascade,
  app_id integer not null references app(id) on delete cascade,
  role_id integer not null references role(id) on delete cascade,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer,
  unique (user_id, app_id)
);

-- Session tokens that were ended before their time, kept until they would have expired.
create table ended_session (
  token_id varchar(64) primary key,
  expires_at varchar(30) not null
);

create table lookup (
  id integer primary key autoincrement,
  name varchar(255) not null unique,
  value text,
  private integer not null default 0,
  description text,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

-- config is JSON; the values of secret fields in it are sealed.
create table service (
  id integer primary key autoincrement,
  name varchar(40) not null unique,
  label varchar(80) not null,
  description varchar(255),
  is_active integer not null default 1,
  type varchar(40) not null,
  config text not null default '{}',
  mutable integer not null default 1,
  deletable integer not null default 1,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

create table service_doc (
  service_id integer primary key references service(id) on delete cascade,
  format integer not null default 0,
  content text
);

-- One row for each event script and each script service. script_id is event:NAME or service:NAME. The state is live, stale,
-- refused or missing; anything but live is looked at again before the next run after a start. turned_away: hashes that
-- rollbacks turned away from, separated by blanks. promotion: the one that made current_version current.
create table script (
  script_id varchar(300) primary key,
  type varchar(40) not null,
  content text,
  is_active integer not null default 0,
  allow_event_modification integer not null default 0,
  config text,
  storage_service_id integer,
  storage_path varchar(255),
  scm_repository varchar(255),
  scm_reference varchar(255),
  on_fetch_error varchar(16) not null default 'last_good',
  poll_seconds integer,
  timeout_ms integer not null default 5000,
  memory_mb integer not null default 128,
  isolation varchar(16) not null default 'auto',
  allow_system integer not null default 0,
  outbound text,
  state varchar(16) not null default 'stale',
  last_error text,
  current_version integer,
  promotion integer,
  turned_away text,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

create table script_version (
  script_id varchar(300) not null references script(script_id) on delete cascade on update cascade,
  version integer not null,
  type varchar(40) not null,
  hash varchar(64) not null,
  revision varchar(255) not null,
  source text not null,
  text text not null,
  author text,
  message text,
  loaded_at varchar(30) not null,
  primary key (script_id, version)
);

-- Only the newest row is kept: its id is the number of promotions so far and is never given again.
create table promotion (
  id integer primary key autoincrement,
  at varchar(30) not null
);
