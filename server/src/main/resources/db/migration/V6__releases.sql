-- release_rule: whole, or alone when a bad text of this script does not hold up the others of its push.
alter table script add column release_rule varchar(16) not null default 'whole';
-- The commit at which the source was last found to have the current text, or one that a rollback turned away from.
alter table script add column commit_id varchar(64);
-- The source has a good text that is not taken over, because its commit was refused as a whole.
alter table script add column held integer not null default 0;
