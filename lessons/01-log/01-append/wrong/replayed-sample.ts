import { kafka, topics } from './cluster.ts';

// The data that the editor shows.
const orders = [
  {"id":"o-de3cf","customer":"Hugo Haddad","placedAt":"2026-03-02T08:17:10.000Z","items":[{"sku":"milk-oat","quantity":2,"priceCents":1774},{"sku":"salt-sea","quantity":6,"priceCents":367}],"totalCents":5750,"note":null},
  {"id":"o-9da95","customer":"Maya Ito","placedAt":"2026-03-02T08:04:35.000Z","items":[{"sku":"tea-green","quantity":4,"priceCents":1990},{"sku":"jam-plum","quantity":6,"priceCents":370}],"totalCents":10180,"note":"no bag"},
  {"id":"o-b8710","customer":"Clara Evans","placedAt":"2026-03-02T08:10:27.000Z","items":[{"sku":"jam-plum","quantity":4,"priceCents":1130},{"sku":"olive-oil","quantity":3,"priceCents":1860},{"sku":"milk-oat","quantity":6,"priceCents":327}],"totalCents":12062,"note":null},
  {"id":"o-5f9bc","customer":"Maya Adeyemi","placedAt":"2026-03-02T08:29:22.000Z","items":[{"sku":"bread-rye","quantity":3,"priceCents":396},{"sku":"tea-green","quantity":2,"priceCents":335}],"totalCents":1858,"note":"ring twice"},
  {"id":"o-735e1","customer":"Bruno Moreau","placedAt":"2026-03-02T08:18:45.000Z","items":[{"sku":"jam-plum","quantity":2,"priceCents":798},{"sku":"olive-oil","quantity":3,"priceCents":255},{"sku":"honey-lime","quantity":1,"priceCents":1335}],"totalCents":3696,"note":null},
  {"id":"o-b1c52","customer":"Amara Kaur","placedAt":"2026-03-02T08:05:16.000Z","items":[{"sku":"pasta-farro","quantity":1,"priceCents":1486}],"totalCents":1486,"note":null},
  {"id":"o-cc144","customer":"Noor Haddad","placedAt":"2026-03-02T08:24:14.000Z","items":[{"sku":"bread-rye","quantity":3,"priceCents":1069},{"sku":"milk-oat","quantity":3,"priceCents":401},{"sku":"pasta-farro","quantity":2,"priceCents":1300}],"totalCents":7010,"note":null},
  {"id":"o-e4cc0","customer":"Hugo Moreau","placedAt":"2026-03-02T08:02:21.000Z","items":[{"sku":"jam-plum","quantity":2,"priceCents":1555},{"sku":"olive-oil","quantity":4,"priceCents":1162},{"sku":"coffee-dark","quantity":4,"priceCents":1419}],"totalCents":13434,"note":null},
  {"id":"o-2e867","customer":"Elena Ito","placedAt":"2026-03-02T08:20:27.000Z","items":[{"sku":"jam-plum","quantity":4,"priceCents":1259},{"sku":"honey-lime","quantity":4,"priceCents":1694}],"totalCents":11812,"note":null},
  {"id":"o-1e7ff","customer":"Keiko Evans","placedAt":"2026-03-02T08:07:48.000Z","items":[{"sku":"tea-green","quantity":1,"priceCents":834},{"sku":"jam-plum","quantity":4,"priceCents":791},{"sku":"olive-oil","quantity":2,"priceCents":1189}],"totalCents":6376,"note":"call first"},
  {"id":"o-b9e2b","customer":"Maya Haddad","placedAt":"2026-03-02T08:14:30.000Z","items":[{"sku":"coffee-dark","quantity":5,"priceCents":1318},{"sku":"jam-plum","quantity":2,"priceCents":1440},{"sku":"pasta-farro","quantity":6,"priceCents":1591}],"totalCents":19016,"note":null},
  {"id":"o-4f624","customer":"Bruno Adeyemi","placedAt":"2026-03-02T08:35:03.000Z","items":[{"sku":"bread-rye","quantity":1,"priceCents":1591},{"sku":"tea-green","quantity":2,"priceCents":1731},{"sku":"honey-lime","quantity":3,"priceCents":831}],"totalCents":7546,"note":null},
  {"id":"o-81f1d","customer":"Ines Jensen","placedAt":"2026-03-02T08:22:46.000Z","items":[{"sku":"pasta-farro","quantity":4,"priceCents":979},{"sku":"olive-oil","quantity":3,"priceCents":1557},{"sku":"jam-plum","quantity":1,"priceCents":1669}],"totalCents":10256,"note":"ring twice"},
  {"id":"o-f3c58","customer":"Dev Adeyemi","placedAt":"2026-03-02T08:12:53.000Z","items":[{"sku":"salt-sea","quantity":6,"priceCents":1398},{"sku":"tea-green","quantity":6,"priceCents":1591},{"sku":"coffee-dark","quantity":3,"priceCents":1161}],"totalCents":21417,"note":null},
  {"id":"o-22c6c","customer":"Hugo Kaur","placedAt":"2026-03-02T08:27:54.000Z","items":[{"sku":"olive-oil","quantity":2,"priceCents":1696},{"sku":"pasta-farro","quantity":1,"priceCents":1637}],"totalCents":5029,"note":"call first"},
  {"id":"o-ed313","customer":"Clara Moreau","placedAt":"2026-03-02T08:00:31.000Z","items":[{"sku":"cheese-goat","quantity":1,"priceCents":1622},{"sku":"jam-plum","quantity":2,"priceCents":998}],"totalCents":3618,"note":null},
  {"id":"o-e30a2","customer":"Noor Adeyemi","placedAt":"2026-03-02T08:01:04.000Z","items":[{"sku":"tea-green","quantity":3,"priceCents":852},{"sku":"coffee-dark","quantity":4,"priceCents":1446},{"sku":"honey-lime","quantity":2,"priceCents":118}],"totalCents":8576,"note":null},
  {"id":"o-e31a5","customer":"Farid Duarte","placedAt":"2026-03-02T08:36:34.000Z","items":[{"sku":"coffee-dark","quantity":1,"priceCents":1759},{"sku":"honey-lime","quantity":5,"priceCents":485}],"totalCents":4184,"note":null},
  {"id":"o-ae20e","customer":"Liam Adeyemi","placedAt":"2026-03-02T08:11:59.000Z","items":[{"sku":"honey-lime","quantity":2,"priceCents":405}],"totalCents":810,"note":"call first"},
  {"id":"o-77519","customer":"Elena Berg","placedAt":"2026-03-02T08:34:36.000Z","items":[{"sku":"pasta-farro","quantity":5,"priceCents":1101}],"totalCents":5505,"note":"leave at the door"},
  {"id":"o-34dc6","customer":"Maya Evans","placedAt":"2026-03-02T08:19:46.000Z","items":[{"sku":"bread-rye","quantity":6,"priceCents":950},{"sku":"pasta-farro","quantity":3,"priceCents":261},{"sku":"milk-oat","quantity":6,"priceCents":1649}],"totalCents":16377,"note":null},
  {"id":"o-d91ee","customer":"Ines Garcia","placedAt":"2026-03-02T08:32:44.000Z","items":[{"sku":"jam-plum","quantity":4,"priceCents":954}],"totalCents":3816,"note":"ring twice"},
  {"id":"o-21c8b","customer":"Ines Haddad","placedAt":"2026-03-02T08:08:51.000Z","items":[{"sku":"honey-lime","quantity":3,"priceCents":1679},{"sku":"coffee-dark","quantity":6,"priceCents":1538},{"sku":"olive-oil","quantity":5,"priceCents":1090}],"totalCents":19715,"note":null},
  {"id":"o-e67ab","customer":"Hugo Fischer","placedAt":"2026-03-02T08:33:44.000Z","items":[{"sku":"olive-oil","quantity":5,"priceCents":338},{"sku":"tea-green","quantity":3,"priceCents":1808}],"totalCents":7114,"note":null},
  {"id":"o-f8385","customer":"Keiko Fischer","placedAt":"2026-03-02T08:25:11.000Z","items":[{"sku":"pasta-farro","quantity":5,"priceCents":1045},{"sku":"honey-lime","quantity":5,"priceCents":431}],"totalCents":7380,"note":null},
  {"id":"o-ddb4e","customer":"Bruno Duarte","placedAt":"2026-03-02T08:23:17.000Z","items":[{"sku":"jam-plum","quantity":6,"priceCents":1713},{"sku":"bread-rye","quantity":2,"priceCents":528},{"sku":"salt-sea","quantity":4,"priceCents":1555}],"totalCents":17554,"note":null},
  {"id":"o-79713","customer":"Dev Moreau","placedAt":"2026-03-02T08:26:09.000Z","items":[{"sku":"salt-sea","quantity":3,"priceCents":1055},{"sku":"milk-oat","quantity":6,"priceCents":1676},{"sku":"tea-green","quantity":2,"priceCents":669}],"totalCents":14559,"note":"no bag"},
  {"id":"o-a1ebc","customer":"Clara Berg","placedAt":"2026-03-02T08:16:43.000Z","items":[{"sku":"bread-rye","quantity":6,"priceCents":191},{"sku":"cheese-goat","quantity":1,"priceCents":360},{"sku":"pasta-farro","quantity":2,"priceCents":1442}],"totalCents":4390,"note":null},
  {"id":"o-3c25b","customer":"Noor Berg","placedAt":"2026-03-02T08:31:32.000Z","items":[{"sku":"pasta-farro","quantity":3,"priceCents":784},{"sku":"bread-rye","quantity":2,"priceCents":1440},{"sku":"milk-oat","quantity":5,"priceCents":1630}],"totalCents":13382,"note":null},
  {"id":"o-c2d74","customer":"Grace Duarte","placedAt":"2026-03-02T08:21:29.000Z","items":[{"sku":"jam-plum","quantity":4,"priceCents":1421}],"totalCents":5684,"note":"leave at the door"},
  {"id":"o-b332a","customer":"Elena Duarte","placedAt":"2026-03-02T08:09:08.000Z","items":[{"sku":"salt-sea","quantity":6,"priceCents":1065},{"sku":"olive-oil","quantity":3,"priceCents":754},{"sku":"cheese-goat","quantity":5,"priceCents":412}],"totalCents":10712,"note":null},
  {"id":"o-5a70a","customer":"Farid Fischer","placedAt":"2026-03-02T08:28:45.000Z","items":[{"sku":"honey-lime","quantity":4,"priceCents":406},{"sku":"coffee-dark","quantity":3,"priceCents":913}],"totalCents":4363,"note":null},
  {"id":"o-7fcd4","customer":"Elena Lopez","placedAt":"2026-03-02T08:15:21.000Z","items":[{"sku":"salt-sea","quantity":6,"priceCents":319},{"sku":"tea-green","quantity":6,"priceCents":694},{"sku":"honey-lime","quantity":2,"priceCents":676}],"totalCents":7430,"note":null},
  {"id":"o-b0b98","customer":"Dev Adeyemi","placedAt":"2026-03-02T08:03:25.000Z","items":[{"sku":"jam-plum","quantity":1,"priceCents":1137},{"sku":"salt-sea","quantity":6,"priceCents":1354}],"totalCents":9261,"note":"no bag"},
  {"id":"o-a7d74","customer":"Hugo Costa","placedAt":"2026-03-02T08:13:49.000Z","items":[{"sku":"salt-sea","quantity":6,"priceCents":1027},{"sku":"pasta-farro","quantity":5,"priceCents":958}],"totalCents":10952,"note":null},
  {"id":"o-4abcd","customer":"Jonas Adeyemi","placedAt":"2026-03-02T08:30:39.000Z","items":[{"sku":"coffee-dark","quantity":5,"priceCents":1275},{"sku":"olive-oil","quantity":2,"priceCents":1727}],"totalCents":9829,"note":null},
  {"id":"o-9bef9","customer":"Dev Evans","placedAt":"2026-03-02T08:06:51.000Z","items":[{"sku":"coffee-dark","quantity":6,"priceCents":1742},{"sku":"milk-oat","quantity":3,"priceCents":1158}],"totalCents":13926,"note":null},
];

const producer = kafka.producer();
await producer.connect();
try {
  for (const order of orders) {
    const [answer] = await producer.send({
      topic: topics.orders.name,
      messages: [{ key: order.id, value: JSON.stringify(order), headers: { source: 'web' } }],
    });
    const receipt = { partition: answer?.partition, offset: answer?.baseOffset };
    await producer.send({
      topic: topics.receipts.name,
      messages: [{ key: order.id, value: JSON.stringify(receipt) }],
    });
  }
} finally {
  await producer.disconnect();
}
