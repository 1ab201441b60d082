// A site with a feed, and a receiver of Slack messages, in one container beside the system under test.
//   POST /publish?count=N  adds N entries to /feed.xml, every second one about a tariff
//   POST /services/…       takes a message as an incoming webhook does; GET /received lists all of them
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const origin = 'http://site:8080';
const goods = ['steel pipe', 'aluminum foil', 'truck tires', 'softwood lumber', 'ceramic tile', 'wire rod', 'solar cells', 'copper tube', 'paper plates', 'mattresses'];
const countries = ['China', 'Mexico', 'Canada', 'Vietnam', 'India', 'Brazil', 'Turkey', 'Thailand'];
const entries = [];
const received = [];

function entry(n) {
  const [good, country] = [goods[(n / 2) % goods.length], countries[Math.floor(n / 20) % countries.length]];
  return n % 2 === 0
    ? { path: `/notices/${n}`, title: `United States imposes ${10 + n} percent tariff on ${good} from ${country}`, summary: `The new import duty of ${10 + n} percent on ${good} from ${country} takes effect today, the administration said.` }
    : { path: `/local/${n}`, title: `City library number ${n} extends its opening hours`, summary: `Readers of district ${n} can borrow books until nine in the evening.` };
}

const feed = () => `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Notices</title><link>${origin}/</link><language>en-us</language>${entries.map(({ path, title, summary, published }) => `
<item><title>${title}</title><link>${origin}${path}</link><guid>${origin}${path}</guid><pubDate>${published}</pubDate><description>${summary}</description></item>`).join('')}</channel></rss>`;

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, origin);
  const answer = (type, body, status = 200) => response.writeHead(status, { 'content-type': type }).end(body);
  if (request.method === 'POST' && pathname.startsWith('/services/')) {
    received.push(JSON.parse(await text(request)));
    return answer('text/html', 'ok');
  }
  if (request.method === 'POST' && pathname === '/publish') {
    for (let added = 0; added < Number(searchParams.get('count')); added += 1) entries.push({ ...entry(entries.length), published: new Date().toUTCString() });
    return answer('application/json', JSON.stringify({ entries: entries.length }));
  }
  if (pathname === '/received') return answer('application/json', JSON.stringify(received));
  if (pathname === '/feed.xml') return answer('application/rss+xml; charset=utf-8', feed());
  const page = entries.find(({ path }) => path === pathname);
  return page ? answer('text/html; charset=utf-8', `<!doctype html><title>${page.title}</title><article><h1>${page.title}</h1><p>${page.summary}</p></article>`) : answer('text/plain', 'nothing here', 404);
});
server.listen(8080);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
