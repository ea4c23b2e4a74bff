// One document on the screen.

class View {
  constructor(number) {
    this.number = number;
    this.doc = JSON.parse($('document-' + number).textContent);
    this.doc.record = unpack(this.doc.record);
    const { record } = this.doc;
    this.original = record.tasks;
    this.tasks = record.tasks.slice();
    this.changes = record.tasks.map(() => ({ edited: false, gone: false }));
    this.known = new Map(record.tasks.flatMap((t) => ROLES.flatMap((role) => (t[role] || []).map((a) => [a.name, a]))));
    this.attach();
    this.document = typeof record.document.text === 'string' ? new DocumentView(this.doc) : null;
    this.haystacks = [];
    this.active = -1;
    this.editing = -1;
  }

  /** Gives each task its differences; the expected tasks that are not there stand apart. */
  attach() {
    const byId = new Map(this.tasks.map((task, i) => [task.id, i]));
    this.diffs = this.tasks.map(() => []);
    this.missing = this.doc.diff.filter((d) => d.part === 'task' && d.change === 'missing');
    for (const d of this.doc.diff) {
      if (d.part !== 'task' || d.field === 'order') continue;
      for (const id of d.ids) if (byId.has(id)) this.diffs[byId.get(id)].push(d);
    }
  }

  haystack(i) {
    const task = this.tasks[i];
    const names = ROLES.flatMap((role) => (task[role] || []).flatMap((a) => [a.name, a.raw]));
    this.haystacks[i] ??= plain([task.ordinal, task.title, task.text, ...names, ...task.deadlines.map((d) => d.raw)].join(' '));
    return this.haystacks[i];
  }

  get dirty() {
    return this.changes.filter((c) => c.edited || c.gone).length;
  }

  show() {
    this.cards = el('div', { id: 'cards' });
    const legend = el('div', { id: 'legend', role: 'note' }, MARKS.map((role) => el('span', { class: `m m-${role}` }, w('role.' + role))));
    const left = el('section', { id: 'left', 'aria-label': w('page.document'), tabIndex: -1 },
      this.document ? [legend, this.document.root] : el('p', { class: 'box' }, w('page.no-text')));
    const right = el('section', { id: 'right', 'aria-label': w('page.tasks'), tabIndex: -1 }, tools(this), this.cards);
    $('app').replaceChildren(bar(this), tabs(), left, right);
    $('app').classList.toggle('tasks', !this.document);
    this.filter();
    this.refresh();
  }

  /** Draws the cards that the filters leave. */
  filter() {
    $('until').hidden = $('limit').value !== 'until';
    this.order = chosen(this);
    const any = ['search', 'body', 'flag', 'limit'].some((id) => $(id).value);
    $('clear').hidden = !any;
    $('count').textContent = w('page.count', { n: this.order.length, of: this.tasks.length });
    const cards = this.order.map((i) => (i === this.editing ? this.form(i) : card(this, i)));
    const rest = any ? [] : [...ghosts(this.missing)];
    const none = cards.length ? null : el('p', { class: 'muted' }, w(this.tasks.length ? 'filter.nothing' : 'page.no-tasks'));
    this.cards.replaceChildren(...[...notices(this.doc), ...rest, none, ...cards, any ? null : targets(this.doc.record.targets)].filter(Boolean));
    this.emphasise();
  }

  /** Draws one card anew. */
  redraw(i) {
    delete this.haystacks[i];
    const old = $('task-' + i);
    if (old) old.replaceWith(i === this.editing ? this.form(i) : card(this, i));
    this.emphasise();
    this.refresh();
  }

  form(i) {
    const node = card(this, i);
    node.querySelector('.body').replaceWith(editForm(this, i));
    node.querySelectorAll('h3, details, article > footer').forEach((part) => part.remove());
    return node;
  }

  emphasise() {
    const node = $('task-' + this.active);
    for (const other of this.cards.querySelectorAll('.card.on')) {
      other.classList.remove('on');
      other.tabIndex = -1;
      other.removeAttribute('aria-current');
    }
    const first = node || (this.order.length ? $('task-' + this.order[0]) : null);
    if (first) first.tabIndex = 0;
    if (node) {
      node.classList.add('on');
      node.setAttribute('aria-current', 'true');
    }
  }

  /** Makes task `i` the one that is looked at; `from` is the side that it was chosen on. */
  select(i, from) {
    if (this.document) {
      this.document.mark(this.active, false);
      this.document.mark(i, true);
    }
    this.active = i;
    this.emphasise();
    const smooth = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
    const node = $('task-' + i);
    if (node && from !== 'card') {
      const scroll = () => node.scrollIntoView({ block: 'nearest', behavior: 'auto' });
      scroll();
      // cards that come into sight only now take their true height
      requestAnimationFrame(() => requestAnimationFrame(scroll));
    }
    if (node && from === 'key') node.focus({ preventScroll: true });
    const place = this.document && this.document.place(i);
    if (place && from !== 'document') place.scrollIntoView({ block: 'center', behavior: smooth });
    history.replaceState(null, '', `#/${this.number}/${i}`);
  }

  step(by) {
    if (!this.order.length) return;
    const at = this.order.indexOf(this.active);
    const next = at < 0 ? (by > 0 ? 0 : this.order.length - 1) : Math.min(Math.max(at + by, 0), this.order.length - 1);
    this.select(this.order[next], 'key');
  }

  edit(i) {
    const before = this.editing;
    this.editing = i;
    if (before >= 0 && before !== i) this.redraw(before);
    if (i < 0) return;
    this.select(i, 'edit');
    this.redraw(i);
    const first = document.querySelector(`#task-${i} form input`);
    if (first) first.focus();
  }

  cancel() {
    const i = this.editing;
    this.editing = -1;
    if (i < 0) return;
    this.redraw(i);
    $('task-' + i)?.focus({ preventScroll: true });
  }

  accept(form) {
    const i = this.editing;
    const changed = readForm(this, i, form);
    this.tasks[i] = changed;
    this.changes[i].edited = JSON.stringify(changed) !== JSON.stringify(this.original[i]);
    this.cancel();
  }

  remove(i) {
    this.changes[i].gone = !this.changes[i].gone;
    this.redraw(i);
  }

  undo(i) {
    this.tasks[i] = this.original[i];
    this.changes[i] = { edited: false, gone: false };
    this.redraw(i);
  }

  refresh() {
    const n = this.dirty;
    $('save').textContent = n ? w('page.save-n', { n }) : w('page.save');
    $('save').classList.toggle('main', n > 0);
  }
}
