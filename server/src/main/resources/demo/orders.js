// Runs after every GET of db/_table/orders: adds what the customer pays.
for (const order of event.response.content.resource ?? []) {
  order.gross = Math.round(order.net * 125) / 100;
}
