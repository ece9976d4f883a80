-- Who may tell this server that a repository moved.
create table webhook (
  id integer primary key autoincrement,
  name varchar(64) not null unique,
  -- 'github', 'gitlab', 'bitbucket', 'gitea' or 'generic'
  provider varchar(20) not null,
  service_id integer not null,
  -- null: any of the service
  repository varchar(255),
  -- sealed
  secret text not null,
  -- sealed: the one before a rotation, and until when it holds
  previous_secret text,
  previous_secret_until varchar(30),
  is_active integer not null default 1,
  -- JSON lists of patterns
  branches text,
  paths text,
  created_date varchar(30) not null,
  last_modified_date varchar(30) not null,
  created_by_id integer,
  last_modified_by_id integer
);

-- What came in, and what became of it.
create table webhook_delivery (
  id integer primary key autoincrement,
  webhook_id integer not null references webhook(id) on delete cascade,
  -- as the host names it, null when it names none
  delivery varchar(100),
  event varchar(100) not null,
  received_at varchar(30) not null,
  -- 'accepted', 'ping', 'duplicate', 'bad_signature', 'no_match' or 'failed'
  verdict varchar(20) not null,
  repository varchar(255),
  -- JSON list of what moved, as told
  moves text,
  -- JSON list, as told
  paths text,
  -- the head that was looked at
  commit_id varchar(64),
  -- JSON list of scripts and what came of each
  scripts text,
  problem text,
  feedback text,
  tries integer not null default 0,
  -- 1 while there is work left to do
  is_open integer not null default 0,
  done_at varchar(30)
);
create index webhook_delivery_named on webhook_delivery (webhook_id, delivery);
create index webhook_delivery_open on webhook_delivery (is_open);
