-- What scripts keep in platform.store.
create table key_value (
  entry_key varchar(255) primary key,
  -- JSON
  entry_value text not null,
  -- milliseconds since 1970
  expires_at bigint not null
);
create index key_value_expires on key_value (expires_at);
