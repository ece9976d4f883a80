-- The texts that a version imports, as a JSON object of text by path in the tree of the script; and the path of its entry there.
alter table script_version add column siblings text;
alter table script_version add column path varchar(1000) not null default '';
