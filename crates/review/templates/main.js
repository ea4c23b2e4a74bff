// The frame: bar, keys, clicks, and the way from the index to a document.

const COUNT = document.querySelectorAll('script[id^="document-"]').length;
const INDEX = $('index');
const BACK = $('words').dataset.index || (INDEX ? '#/' : '');
const views = new Map();
let view = null;

/** What a document is called, behind its degree of secrecy. */
function stamped({ record, name, stamp }) {
  return (stamp ? `[${stamp}] ` : '') + (record.document.subject || name);
}

function bar(current) {
  const { record, name } = current.doc;
  const d = record.document;
  const number = d.number && d.number.raw;
  const line = [name, [d.type_name, number].filter(Boolean).join(' '), d.issuer && bodyName(d.issuer), d.date && day(d.date)];
  const step = (by, words) => {
    const to = current.number + by;
    return COUNT > 1 && el('a', { href: `#/${to}`, hidden: to < 0 || to >= COUNT, 'aria-label': w(words), title: w(words) }, by < 0 ? '‹' : '›');
  };
  return el('header', { id: 'bar' },
    BACK && el('a', { href: BACK }, w('page.index')), step(-1, 'page.previous'), step(1, 'page.next'),
    el('div', { class: 'what' }, el('h1', {}, stamped(current.doc)), el('div', { class: 'muted' }, line.filter(Boolean).join(' · '))),
    el('button', { type: 'button', data: { action: 'help' }, title: w('page.keys') }, '?'),
    el('button', { type: 'button', id: 'save', data: { action: 'save' }, title: w('page.save-hint') }, w('page.save')));
}

function tabs() {
  const tab = (name) => el('button', { type: 'button', role: 'tab', 'aria-selected': String(name === 'left'), data: { tab: name } },
    w(name === 'left' ? 'page.document' : 'page.tasks'));
  return el('div', { id: 'tabs', role: 'tablist' }, tab('left'), tab('right'));
}

function showTab(name) {
  $('app').classList.toggle('tasks', name === 'right');
  for (const tab of document.querySelectorAll('#tabs button')) tab.setAttribute('aria-selected', String(tab.dataset.tab === name));
}

/** Goes where the address says: `#/`, `#/3`, `#/3/12`. */
function route() {
  const [, number, task] = /^#\/(\d+)(?:\/(\d+))?$/.exec(location.hash) || [];
  if (INDEX) INDEX.hidden = number !== undefined;
  $('app').hidden = INDEX && number === undefined;
  if (INDEX && number === undefined) {
    view = null;
    return;
  }
  const wanted = Math.min(Number(number || 0), COUNT - 1);
  if (!views.has(wanted)) views.set(wanted, new View(wanted));
  view = views.get(wanted);
  view.show();
  document.title = stamped(view.doc);
  if (task !== undefined && Number(task) < view.tasks.length) view.select(Number(task), 'address');
}

/** Brings the chosen task into sight on the side that has just been opened. */
function reveal() {
  if (view.active < 0) return;
  const place = view.document && view.document.place(view.active);
  if ($('app').classList.contains('tasks')) $('task-' + view.active)?.scrollIntoView({ block: 'start' });
  else if (place) place.scrollIntoView({ block: 'center' });
}

function help() {
  const keys = [['j / k', 'keys.step'], ['/', 'keys.search'], ['f', 'keys.flagged'], ['e', 'keys.edit'], ['x', 'keys.remove'], ['d', 'keys.show'],
    ['s', 'keys.save'], ['n / p', 'keys.document'], ['i', 'keys.index'], ['Esc', 'keys.escape']];
  const box = el('dialog', {}, el('h2', {}, w('page.keys')),
    el('dl', {}, keys.map(([key, words]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, w(words))])),
    el('form', { method: 'dialog' }, el('button', { class: 'main', autofocus: true }, w('page.close'))));
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
}

function clear() {
  for (const id of ['search', 'body', 'flag', 'limit', 'until']) $(id).value = '';
  view.filter();
}

function act(action, i) {
  const actions = {
    edit: () => view.edit(i),
    remove: () => view.remove(i),
    undo: () => view.undo(i),
    cancel: () => view.cancel(),
    show: () => { showTab('left'); view.select(i, 'card'); },
    save: () => save(view),
    clear,
    help,
  };
  actions[action]?.();
}

$('app').addEventListener('click', (event) => {
  const node = event.target;
  const action = node.closest('[data-action]');
  const tab = node.closest('[data-tab]');
  const box = node.closest('.card');
  const i = box && box.dataset.task !== undefined ? Number(box.dataset.task) : view.active;
  if (action) {
    act(action.dataset.action, i);
  } else if (tab) {
    showTab(tab.dataset.tab);
    reveal();
  } else if (box && box.dataset.task !== undefined) {
    if (!node.closest('summary, form, a, button') && i !== view.editing) view.select(i, 'card');
  } else if (node.closest('[data-tasks]')) {
    const tasks = node.closest('[data-tasks]').dataset.tasks.split(' ').map(Number);
    // a second click on what belongs to several tasks goes on to the next of them
    view.select(tasks[(tasks.indexOf(view.active) + 1) % tasks.length], 'document');
    if (getComputedStyle($('right')).display === 'none') {
      showTab('right');
      reveal();
    }
  }
});

$('app').addEventListener('submit', (event) => {
  event.preventDefault();
  view.accept(event.target);
});

function key(event) {
  const typing = event.target.matches('input:not([type="checkbox"]), textarea, select');
  if (event.key === 'Escape') {
    if (document.querySelector('dialog')) return false;
    if (view && view.editing >= 0) view.cancel();
    else if (typing) event.target.blur();
    else if (view) clear();
    return false;
  }
  if (typing && event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.target.form.requestSubmit();
    return true;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog')) return false;
  if (event.key === '/') {
    const box = view ? $('search') : $('find');
    if (view) showTab('right');
    box?.focus();
    return Boolean(box);
  }
  if (!view) return false;
  const go = (by) => {
    const to = view.number + by;
    if (to >= 0 && to < COUNT) location.hash = `#/${to}`;
  };
  const i = view.active;
  const keys = {
    j: () => view.step(1),
    k: () => view.step(-1),
    f: () => $('flagged-first').click(),
    e: () => i >= 0 && (showTab('right'), view.edit(i)),
    x: () => i >= 0 && view.remove(i),
    d: () => i >= 0 && act('show', i),
    s: () => save(view),
    n: () => go(1),
    p: () => go(-1),
    i: () => BACK && location.assign(BACK),
    '?': help,
  };
  if (event.key === 'Enter' && event.target.matches('.card[data-task]')) {
    view.select(Number(event.target.dataset.task), 'key');
    return true;
  }
  if (!keys[event.key]) return false;
  keys[event.key]();
  return true;
}

document.addEventListener('keydown', (event) => {
  if (key(event)) event.preventDefault();
});

$('find')?.addEventListener('input', () => {
  const words = plain($('find').value).split(/\s+/).filter(Boolean);
  for (const line of document.querySelectorAll('#documents tbody tr')) {
    line.hidden = !words.every((word) => plain(line.textContent).includes(word));
  }
});

addEventListener('hashchange', route);
addEventListener('beforeunload', (event) => {
  if ([...views.values()].some((v) => v.dirty)) event.preventDefault();
});
if (COUNT) route();
