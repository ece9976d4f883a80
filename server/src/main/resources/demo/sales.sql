create table customer (
  id integer primary key autoincrement,
  name varchar(60) not null,
  email varchar(90) unique,
  city varchar(40));
create table product (
  sku varchar(20) primary key,
  title varchar(80) not null,
  price decimal(10,2) not null);
create table orders (
  id integer primary key autoincrement,
  customer_id integer not null references customer(id),
  placed_on date not null,
  net decimal(10,2) not null,
  status varchar(12) not null default 'new');
insert into customer (name, email, city) values
  ('Ann Vale', 'ann@example.com', 'Oslo'),
  ('Bo Reed', 'bo@example.com', 'Lima'),
  ('Cy Lund', 'cy@example.com', null),
  ('Di Moss', 'di@example.com', 'Oslo');
insert into product values ('A-1', 'Anvil', 49.90), ('B-2', 'Bolt', 0.15), ('C-3', 'Crate', 12.00);
insert into orders (customer_id, placed_on, net, status) values
  (1, '2026-02-01', 120.50, 'new'),
  (1, '2026-02-03', 24.00, 'paid'),
  (2, '2026-02-05', 1.50, 'paid'),
  (4, '2026-02-09', 149.70, 'sent');
