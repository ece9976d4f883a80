-- Work that is done after its call was answered. What is done is deleted; what cannot be done stays as a dead letter.
create table job (
  id integer primary key autoincrement,
  -- who does it: 'script'
  kind varchar(40) not null,
  -- what it is about: event:NAME or service:NAME
  name varchar(300) not null,
  queue varchar(80) not null,
  -- 'waiting', 'running', 'failed' (waits for its next try) or 'dead_letter'
  state varchar(16) not null,
  tries integer not null default 0,
  last_error text,
  -- sealed
  payload text not null,
  created_at varchar(30) not null,
  -- of the last try
  started_at varchar(30),
  -- of the next try
  next_at varchar(30)
);

-- When jobs are due: the table of db-scheduler, which picks from it. Times are milliseconds. A row for each job that is no dead letter.
create table job_schedule (
  task_name varchar(40) not null,
  task_instance varchar(40) not null,
  task_data blob,
  execution_time bigint not null,
  picked integer not null,
  picked_by varchar(50),
  last_success bigint,
  last_failure bigint,
  consecutive_failures integer,
  last_heartbeat bigint,
  version bigint not null,
  primary key (task_name, task_instance)
);
create index job_schedule_due on job_schedule (execution_time);
