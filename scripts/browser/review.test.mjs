// The review page in a real headless Chromium: looked at, clicked through, filtered, edited, saved.
//
//     npm install && NHIEMVU=../../target/release/nhiemvu npm test
//
// CHROMIUM names the browser (default /usr/bin/chromium); SHOTS names a folder that gets screenshots of every state.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const HERE = dirname(fileURLToPath(import.meta.url));
const NHIEMVU = resolve(process.env.NHIEMVU || join(HERE, '../../target/release/nhiemvu'));
const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
const FIXTURE = join(HERE, '../../crates/review/tests/data/ben-thuyen.json');
const SHOTS = process.env.SHOTS;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

let browser;
let folder;

const fixture = () => JSON.parse(readFileSync(FIXTURE, 'utf8'));
const put = (name, record) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), typeof record === 'string' ? record : JSON.stringify(record));
};

/** What `nhiemvu diff` finds between a file that the page saved and the result that it was made from. */
function differences(saved, original) {
  const run = spawnSync(NHIEMVU, ['diff', saved, original, '--format', 'json'], { encoding: 'utf8' });
  assert.ok(run.status === 0 || run.status === 1, run.stderr);
  const found = JSON.parse(run.stdout).documents.flatMap((d) => d.differences);
  assert.equal(run.status, found.length ? 1 : 0);
  return found;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'review-'));
  if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  const changed = fixture();
  changed.tasks[0].lead[0].name = 'Sở Y tế';
  changed.tasks[2].deadlines[0].end = '2026-07-31';
  changed.tasks.splice(5, 1);
  const hostile = fixture();
  const bad = '</script><img src=x onerror=alert(1)><script>alert(2)</script>';
  hostile.document.subject = bad;
  hostile.tasks[0].title = bad;
  hostile.tasks[0].lead[0].name = bad;
  hostile.document.text = hostile.document.text.replace('THÔNG BÁO', bad.slice(0, 9)).replace('😀', '');
  put('results/a-ben.pdf.json', fixture());
  put('results/b-doi.pdf.json', changed);
  put('results/c-xau.pdf.json', hostile);
  put('results/d-hong.pdf.json', { schema_version: '1.0', generator: hostile.generator, source: hostile.document.source, error: { code: 'damaged', message: 'tệp hỏng', hint: null } });
  put('expected/b-doi.pdf.json', fixture());
  for (const out of ['all.html', 'folder/']) {
    const args = ['review', join(folder, 'results'), '--expected', join(folder, 'expected'), '-o', join(folder, out)];
    const run = spawnSync(NHIEMVU, args, { encoding: 'utf8' });
    assert.equal(run.status, 3, `a failed document is told by the exit status: ${run.stderr}`);
  }
  browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page; whatever the browser complains of, and every request but for the file itself, fails the test. */
async function open(t, hash, options = {}, file = 'all.html') {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && complaints.push(m.text()));
  page.on('pageerror', (e) => complaints.push(e.message));
  page.on('dialog', (d) => { complaints.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on('request', (r) => /^(file|blob|data):/.test(r.url()) || complaints.push(`request: ${r.url()}`));
  await page.goto(pathToFileURL(join(folder, file)) + hash);
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  return page;
}

const shot = async (page, name) => SHOTS && page.screenshot({ path: join(SHOTS, `${name}.png`) });
const current = (page) => page.locator('.card.on').getAttribute('data-task');
const shown = (page) => page.locator('.card[data-task]').count();

async function save(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const path = join(folder, `saved-${Math.random().toString(36).slice(2)}.json`);
  await download.saveAs(path);
  return { path, name: download.suggestedFilename() };
}

test('the index leads to every document and says which failed', async (t) => {
  const page = await open(t, '');
  await shot(page, 'index-light');
  assert.equal(await page.locator('#documents tbody tr').count(), 4);
  assert.match(await page.locator('#documents').innerText(), /tệp hỏng \(damaged\)/);
  await page.fill('#find', 'b-doi');
  assert.equal(await page.locator('#documents tbody tr:visible').count(), 1);
  await page.click('#documents tbody tr:visible a');
  assert.match(await page.locator('#bar').innerText(), /b-doi\.pdf/);
  await page.keyboard.press('i');
  await page.waitForSelector('#index:not([hidden])');
});

test('a folder has the same pages, one a document', async (t) => {
  const page = await open(t, '', {}, 'folder/index.html');
  await page.click('#documents tbody tr:nth-child(1) a');
  await page.waitForSelector('.card');
  await page.click('#bar a');
  await page.waitForSelector('#documents');
});

test('the degree of secrecy stands above all else, on screen and on paper', async (t) => {
  const record = fixture();
  record.document.secrecy = 'top_secret';
  put('secret/mat.json', record);
  put('secret/thuong.json', fixture());
  execFileSync(NHIEMVU, ['review', join(folder, 'secret'), '-o', join(folder, 'secret.html')]);
  for (const options of [{}, { viewport: { width: 390, height: 800 } }]) {
    const page = await open(t, '', options, 'secret.html');
    const top = async () => assert.deepEqual(await page.evaluate(() => {
      const stamp = document.elementFromPoint(innerWidth / 2, 4);
      return [stamp.id, stamp.textContent, document.documentElement.scrollHeight <= innerHeight || !document.querySelector('#app:not([hidden])')];
    }), ['stamp', 'TỐI MẬT', true]);
    await top();
    assert.match(await page.title(), /^\[TỐI MẬT\] /);
    assert.equal(await page.locator('#documents a', { hasText: '[TỐI MẬT] ' }).count(), 1);
    await page.click('#documents a:has-text("[TỐI MẬT]")');
    await page.waitForSelector('#bar');
    await top();
    assert.match(await page.locator('#bar h1').innerText(), /^\[TỐI MẬT\] /);
    assert.match(await page.title(), /^\[TỐI MẬT\] /);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('#stamp').isVisible());
    await shot(page, `secret-${options.viewport ? 'phone' : 'desktop'}`);
  }
});

test('a click on either side shows the other', async (t) => {
  const page = await open(t, '#/0');
  await page.click('#task-2 h3');
  assert.equal(await current(page), '2');
  assert.match(await page.locator('#text .k.on').first().innerText(), /^2\. $|Sở Tài chính/);
  await shot(page, 'document-light');
  await page.locator('#text .m-lead', { hasText: 'Công an tỉnh' }).click();
  assert.equal(await current(page), '3');
  // the heading that leads two tasks shows them in turn
  const heading = page.locator('#text .m-lead', { hasText: 'Sở Xây dựng' }).first();
  await heading.click();
  assert.equal(await current(page), '0');
  await heading.click();
  assert.equal(await current(page), '1');
});

test('every mark stands on the words that it was read from', async (t) => {
  const page = await open(t, '#/0');
  const marks = await page.locator('#text .m').evaluateAll((nodes) => nodes.map((n) => n.textContent));
  const spans = fixture().tasks.flatMap((task) =>
    ['lead', 'coordinating', 'report_to', 'deadlines'].flatMap((key) => task[key].filter((v) => v.span).map((v) => v.raw)));
  for (const words of spans) assert.ok(marks.includes(words), words);
});

test('filters leave what fits', async (t) => {
  const page = await open(t, '#/0');
  assert.equal(await shown(page), 9);
  await page.selectOption('#flag', '*');
  assert.equal(await shown(page), 3);
  await page.selectOption('#flag', '');
  await page.selectOption('#body', 'Sở Xây dựng');
  assert.equal(await shown(page), 4);
  await page.selectOption('#body', '');
  await page.selectOption('#limit', 'none');
  assert.equal(await shown(page), 1);
  await page.selectOption('#limit', 'until');
  await page.fill('#until', '2026-06-30');
  assert.equal(await shown(page), 3);
  await page.click('#clear');
  await page.fill('#search', 'so y te');
  assert.equal(await shown(page), 1);
  await page.fill('#search', '');
  await page.check('#flagged-first');
  assert.equal(await page.locator('.card[data-task]').first().getAttribute('data-task'), '5');
});

test('differences stand with their tasks, old beside new', async (t) => {
  const page = await open(t, '#/1');
  assert.match(await page.locator('.card.ghost').innerText(), /thiếu[\s\S]*áo phao/);
  await page.check('#differing');
  assert.equal(await shown(page), 2);
  assert.equal(await page.locator('#task-0 .diff del').innerText(), 'Sở Xây dựng');
  assert.equal(await page.locator('#task-0 .diff ins').innerText(), 'Sở Y tế');
  await shot(page, 'differences-light');
});

test('a list saved as it is differs in nothing', async (t) => {
  const page = await open(t, '#/0');
  const saved = await save(page, () => page.click('#save'));
  assert.equal(saved.name, 'a-ben.pdf.json');
  assert.deepEqual(differences(saved.path, FIXTURE), []);
});

test('a corrected field is the only difference of the saved list', async (t) => {
  const page = await open(t, '#/0');
  await page.click('#task-4 h3');
  await page.click('#task-4 [data-action="edit"]');
  await page.fill('#task-4 [name="lead"]', 'Sở Tài chính');
  await shot(page, 'edit-light');
  await page.click('#task-4 button[type="submit"]');
  assert.match(await page.locator('#task-4').innerText(), /đã sửa/);
  const saved = await save(page, () => page.click('#save'));
  const found = differences(saved.path, FIXTURE);
  // the flag that the correction has answered goes with it
  assert.deepEqual(found.map((d) => d.field).sort(), ['flags', 'lead']);
  const lead = JSON.parse(readFileSync(saved.path, 'utf8')).tasks[4].lead[0];
  assert.equal(lead.id, 'so-tai-chinh');
  assert.deepEqual(differences(saved.path, saved.path), []);
  await page.click('#task-4 [data-action="undo"]');
  assert.deepEqual(differences((await save(page, () => page.click('#save'))).path, FIXTURE), []);
});

test('limits, kinds and products can be corrected, and tasks taken out', async (t) => {
  const page = await open(t, '#/0');
  await page.click('#task-0 h3');
  await page.keyboard.press('e');
  await page.fill('#task-0 [name="end"]', '2026-05-01');
  await page.check('#task-0 [name="inclusive"]');
  await page.click('#task-0 button[type="submit"]');
  await page.click('#task-8 h3');
  await page.keyboard.press('e');
  await page.selectOption('#task-8 [name="kind"]', 'planned');
  await page.fill('#task-8 [name="deliverables"]', 'Tập huấn cứu đuối');
  await page.click('#task-8 button[type="submit"]');
  await page.click('#task-3 h3');
  await page.keyboard.press('x');
  const saved = await save(page, () => page.keyboard.press('s'));
  const fields = differences(saved.path, FIXTURE).map((d) => `${d.field} ${d.change}`).sort();
  assert.deepEqual(fields, ['deadlines changed', 'deliverables changed', 'kind changed', 'task missing']);
  const record = JSON.parse(readFileSync(saved.path, 'utf8'));
  assert.equal(record.tasks[0].deadlines[0].due, '2026-05-01');
  const product = record.tasks[7].deliverables[0];
  const text = fixture().document.text;
  assert.equal(text.slice(product.span.start, product.span.end), product.text);
});

test('everything goes by keyboard alone', async (t) => {
  const page = await open(t, '#/0');
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  await press('j', 'j', 'j');
  assert.equal(await current(page), '2');
  await press('k');
  assert.equal(await current(page), '1');
  await press('/');
  await page.keyboard.type('giay phep');
  assert.equal(await shown(page), 1);
  await press('Escape', 'Escape');
  assert.equal(await shown(page), 9);
  await press('j', 'e');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'title');
  await press('Control+a');
  await page.keyboard.type('lập dự toán');
  await press('Control+Enter');
  assert.match(await page.locator('#task-2 h3').innerText(), /lập dự toán/i);
  const saved = await save(page, () => press('s'));
  assert.deepEqual(differences(saved.path, FIXTURE).map((d) => d.field), ['title']);
  await press('?');
  await page.waitForSelector('dialog[open]');
  await press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  await press('n');
  await page.waitForFunction(() => document.querySelector('#bar').innerText.includes('b-doi.pdf'));
  // Tab reaches a card, and Enter chooses it
  await page.focus('#flagged-first');
  for (let i = 0; i < 9 && !(await page.evaluate(() => document.activeElement.matches('.card'))); i++) await press('Tab');
  await press('Enter');
  assert.equal(await current(page), '0');
});

test('what a document says stays text', async (t) => {
  const page = await open(t, '#/2');
  assert.match(await page.locator('#bar h1').innerText(), /<img src=x onerror/);
  assert.equal(await page.locator('img').count(), 0);
});

for (const scheme of ['light', 'dark']) {
  test(`a phone shows one side at a time (${scheme})`, async (t) => {
    const page = await open(t, '#/1/2', { viewport: { width: 390, height: 800 }, colorScheme: scheme, hasTouch: true });
    await shot(page, `phone-document-${scheme}`);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok((await overflow()) <= 0);
    assert.ok(await page.locator('#left').isVisible() && !(await page.locator('#right').isVisible()));
    await page.locator('#text .m-lead', { hasText: 'Công an tỉnh' }).tap();
    assert.ok(await page.locator('#task-3').isVisible());
    assert.ok((await overflow()) <= 0);
    await shot(page, `phone-tasks-${scheme}`);
    await page.click('#task-3 [data-action="show"]');
    assert.ok(await page.locator('#left').isVisible());
    await page.goto(pathToFileURL(join(folder, 'all.html')) + '#/');
    await page.waitForSelector('#index:not([hidden])');
    assert.ok((await overflow()) <= 0);
    await shot(page, `phone-index-${scheme}`);
  });
}

test('dark looks and print', async (t) => {
  const page = await open(t, '#/1/0', { colorScheme: 'dark' });
  await shot(page, 'document-dark');
  const back = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.match(back, /rgb\((\d|[1-4]\d), /);
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  assert.ok(await page.locator('#cards .card').first().isVisible());
  for (const hidden of ['#left', '#tools', '#save']) assert.ok(!(await page.locator(hidden).isVisible()), hidden);
  if (SHOTS) await page.pdf({ path: join(SHOTS, 'print.pdf'), format: 'A4' });
});

test('a document of thirty pages is usable at once', async (t) => {
  const big = fixture();
  const { text } = big.document;
  const shift = (value, by) => JSON.parse(JSON.stringify(value), (key, v) => (key === 'start' && typeof v === 'number') || key === 'end' && typeof v === 'number' ? v + by : v);
  big.document.text = text.repeat(80);
  big.tasks = Array.from({ length: 80 }, (_, i) => shift(fixture().tasks, i * text.length)).flat().map((task, i) => ({ ...task, id: i.toString(16).padStart(16, '0') }));
  put('big/lon.pdf.json', big);
  execFileSync(NHIEMVU, ['review', join(folder, 'big'), '-o', join(folder, 'big.html')], { stdio: 'ignore' });
  const start = Date.now();
  const page = await open(t, '#/0', {}, 'big.html');
  await page.waitForSelector('#task-719', { state: 'attached' });
  await page.keyboard.press('j');
  assert.equal(await current(page), '0');
  const took = Date.now() - start;
  t.diagnostic(`720 tasks, ${Math.round(big.document.text.length / 1000)}k characters: ${took} ms`);
  assert.ok(took < 5000, `${took} ms`);
});

