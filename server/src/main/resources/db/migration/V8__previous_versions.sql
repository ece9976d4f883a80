-- What was current before current_version, so that a whole promotion can be taken back.
alter table script add column previous_version integer;
update script set previous_version = (
  select max(v.version) from script_version v where v.script_id = script.script_id and v.version < script.current_version);
