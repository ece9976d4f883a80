// The service `hello`: answers every call on /api/v2/hello/…
const who = event.resource || 'world';
const orders = platform.api.get('db/_table/orders?count_only=true').content;
return { hello: who, orders };
