package io.sluice.service.sql;

/** The tables that the tests work on, for each kind of database. */
final class SampleTables {
    private SampleTables() {}

    static String script(String type) {
        String id = switch (type) {
            case "pgsql" -> "serial PRIMARY KEY";
            case "sqlite" -> "integer PRIMARY KEY AUTOINCREMENT";
            default -> "int NOT NULL AUTO_INCREMENT PRIMARY KEY";
        };
        String json = type.equals("pgsql") ? "jsonb" : "json";
        String moment = type.equals("pgsql") ? "timestamp" : "datetime";
        return TABLES.replace("$ID", id).replace("$JSON", json).replace("$MOMENT", moment) + ROWS;
    }

    private static final String TABLES = """
            CREATE TABLE customer (
              id $ID,
              name varchar(60) NOT NULL,
              email varchar(90) UNIQUE,
              city varchar(40),
              credit numeric(10,2) NOT NULL DEFAULT 0,
              active boolean NOT NULL DEFAULT true,
              created_at $MOMENT NOT NULL DEFAULT '2026-01-01 00:00:00');
            CREATE TABLE product (
              sku varchar(20) PRIMARY KEY NOT NULL,
              title varchar(80) NOT NULL,
              price numeric(10,2) NOT NULL,
              stock integer NOT NULL DEFAULT 0);
            CREATE TABLE orders (
              id $ID,
              customer_id integer NOT NULL,
              placed_on date NOT NULL,
              status varchar(12) NOT NULL DEFAULT 'new',
              meta $JSON,
              CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id));
            CREATE TABLE order_item (
              id $ID,
              order_id integer NOT NULL,
              sku varchar(20),
              qty integer NOT NULL,
              CONSTRAINT qty_positive CHECK (qty > 0),
              CONSTRAINT order_item_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE,
              CONSTRAINT order_item_sku_fkey FOREIGN KEY (sku) REFERENCES product(sku));
            CREATE TABLE tag (
              id $ID,
              label varchar(20) NOT NULL UNIQUE);
            CREATE TABLE customer_tag (
              customer_id integer NOT NULL,
              tag_id integer NOT NULL,
              PRIMARY KEY (customer_id, tag_id),
              CONSTRAINT ct_customer FOREIGN KEY (customer_id) REFERENCES customer(id),
              CONSTRAINT ct_tag FOREIGN KEY (tag_id) REFERENCES tag(id));
            CREATE TABLE note (
              id $ID,
              body text);
            CREATE VIEW rich AS SELECT id, name, credit FROM customer WHERE credit > 100;
            """;

    private static final String ROWS = """
            INSERT INTO customer (name, email, city, credit, active) VALUES
              ('Ann Vale', 'ann@example.com', 'Oslo', 120.50, true),
              ('Bo Reed', 'bo@example.com', 'Lima', 0, true),
              ('Cy Lund', 'cy@example.com', NULL, 15, false),
              ('Di Moss', 'di@example.com', 'Oslo', 999.99, true),
              ('Ed Park', 'ed@example.com', 'Quito', 7.25, false),
              ('Fay O''Neil', 'fay@example.com', 'Lima', 50, true);
            INSERT INTO product (sku, title, price, stock) VALUES
              ('A-1', 'Anvil', 49.90, 10), ('B-2', 'Bolt', 0.15, 5000), ('C-3', 'Crate', 12.00, 0);
            INSERT INTO orders (customer_id, placed_on, status, meta) VALUES
              (1, '2026-02-01', 'new', '{"gift":true}'),
              (1, '2026-02-03', 'paid', NULL),
              (2, '2026-02-05', 'paid', '{"tags":["x","y"]}'),
              (4, '2026-02-09', 'sent', NULL);
            INSERT INTO order_item (order_id, sku, qty) VALUES
              (1, 'A-1', 1), (1, 'B-2', 100), (2, 'C-3', 2), (3, 'B-2', 10), (4, 'A-1', 3);
            INSERT INTO tag (label) VALUES ('vip'), ('late');
            INSERT INTO customer_tag (customer_id, tag_id) VALUES (1, 1), (1, 2), (4, 1);
            """;
}
