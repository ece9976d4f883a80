'use strict';
// The same three reads, as someone would write them by hand. Dates and numerics stay the text that PostgreSQL sends.
const fastify = require('fastify')();
const { Pool, types } = require('pg');

const text = (value) => value;
for (const oid of [1082, 1114, 1184, 1700]) {
  types.setTypeParser(oid, text);
}
const pool = new Pool({ max: 8 });
const ALL =
  'id,first_name,last_name,email,phone,company,city,country,active,created_at,' +
  'title,address,postal_code,notes,score,balance,birth_date,external_id,updated_at,visits';
const TEN = 'id,first_name,last_name,email,phone,company,city,country,active,created_at';

fastify.get('/api/v2/pg/_table/contact/:id', async (request) => {
  const one = { name: 'one', text: `select ${ALL} from contact where id = $1`, values: [request.params.id] };
  return (await pool.query(one)).rows[0];
});

fastify.get('/api/v2/pg/_table/contact', async (request) => {
  const ten = request.query.fields !== undefined;
  const list = {
    name: ten ? 'ten' : 'all',
    text: `select ${ten ? TEN : ALL} from contact order by id limit $1 offset $2`,
    values: [request.query.limit, request.query.offset],
  };
  return { resource: (await pool.query(list)).rows };
});

const began = Date.now();
fastify.listen({ port: 0, host: '127.0.0.1' }).then(() => {
  const { port } = fastify.server.address();
  console.log(`by hand ready on http://127.0.0.1:${port} in ${Date.now() - began} ms`);
});
