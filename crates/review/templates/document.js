// The document as it was read: blocks, tables, page marks, and what was found where.

/** Slices a text by characters (Unicode scalar values), the unit of all spans. */
class Text {
  constructor(text) {
    // only a text with characters outside the basic plane needs to be taken apart
    this.units = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
    this.length = this.units.length;
  }

  slice(start, end) {
    const part = this.units.slice(start, end);
    return typeof part === 'string' ? part : part.join('');
  }

  /** Where `words` stand in `start..end`, or -1. */
  find(words, start, end) {
    const at = this.slice(start, end).indexOf(words);
    return at < 0 ? -1 : start + Array.from(this.slice(start, end).slice(0, at)).length;
  }
}

/** All stretches to be marked: [start, end, role or null for a whole task, task]. */
function stretches(tasks) {
  const all = [];
  const add = (span, role, i) => span && span.end > span.start && all.push([span.start, span.end, role, i]);
  tasks.forEach((task, i) => {
    add(task.span, null, i);
    for (const role of MARKS) for (const value of task[role] || []) add(value.span, role, i);
  });
  return all.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

/** Draws the document of `doc` and keeps, for each task, the elements that belong to it. */
class DocumentView {
  constructor(doc) {
    this.text = new Text(doc.record.document.text);
    this.stretches = stretches(doc.record.tasks);
    this.furniture = doc.furniture;
    this.parts = doc.record.tasks.map(() => []);
    this.marks = doc.record.tasks.map(() => []);
    this.next = 0;
    this.open = [];
    this.root = el('div', { id: 'text', lang: 'vi' });
    this.draw(doc);
  }

  draw(doc) {
    const pages = doc.pages.slice();
    let rows = null;
    for (const [kind, level, start, end] of doc.blocks) {
      while (pages.length && pages[0][1] <= start) {
        rows = null;
        this.root.append(el('div', { class: 'page' }, w('page.number', { n: pages.shift()[0] })));
      }
      if (kind === 'row') {
        if (!rows) {
          rows = el('tbody');
          this.root.append(el('div', { class: 'table', tabIndex: 0, role: 'region', 'aria-label': w('page.table') }, el('table', {}, rows)));
        }
        rows.append(this.row(start, end));
        continue;
      }
      rows = null;
      const tag = kind === 'heading' ? 'h2' : 'p';
      this.root.append(el(tag, { class: `${kind} l${level}` }, this.inline(start, end)));
    }
  }

  row(start, end) {
    const cells = this.text.slice(start, end).split('\t');
    let at = start;
    return el('tr', {}, cells.map((cell) => {
      const from = at;
      at += Array.from(cell).length + 1;
      return el('td', {}, this.inline(from, at - 1));
    }));
  }

  /** The text `start..end` in pieces, cut wherever a stretch begins or ends. Blocks come in order. */
  inline(start, end) {
    if (this.open.some(([from]) => from > start)) {
      // a block that stands before what has been drawn: look at everything again
      this.next = 0;
      this.open = [];
    }
    this.open = this.open.filter((s) => s[1] > start);
    while (this.next < this.stretches.length && this.stretches[this.next][0] < end) {
      const stretch = this.stretches[this.next++];
      if (stretch[1] > start) this.open.push(stretch);
    }
    const here = this.open.filter((s) => s[0] < end && s[1] > start);
    const furniture = this.furniture.filter((f) => f[0] < end && f[1] > start);
    const cuts = new Set([start, end]);
    for (const [from, to] of [...here, ...furniture]) {
      if (from > start) cuts.add(from);
      if (to < end) cuts.add(to);
    }
    const places = [...cuts].sort((a, b) => a - b);
    const pieces = [];
    for (let i = 0; i + 1 < places.length; i++) pieces.push(this.piece(places[i], places[i + 1], here, furniture));
    return pieces;
  }

  piece(start, end, here, furniture) {
    const words = this.text.slice(start, end);
    const over = here.filter((s) => s[0] <= start && s[1] >= end);
    const small = furniture.some((f) => f[0] <= start && f[1] >= end);
    if (!over.length) return small ? el('span', { class: 'furniture' }, words) : words;
    // the shortest mark is the most exact one: it gives the colour
    const marks = over.filter((s) => s[2]).sort((a, b) => a[1] - a[0] - (b[1] - b[0]));
    const whole = over.filter((s) => !s[2]);
    const tasks = [...new Set((whole.length ? whole : marks).map((s) => s[3]))];
    const classes = [whole.length && 'k', marks.length && `m m-${marks[0][2]}`, small && 'furniture'];
    const roles = [...new Set(marks.map((s) => w('role.' + s[2])))].join(', ');
    const node = el('span', { class: classes.filter(Boolean).join(' '), title: roles || undefined, data: { tasks: tasks.join(' ') } }, words);
    for (const s of whole) this.parts[s[3]].push(node);
    for (const s of marks) this.marks[s[3]].push(node);
    return node;
  }

  /** Shows which task is meant. */
  mark(task, on) {
    for (const node of this.parts[task] || []) node.classList.toggle('on', on);
    for (const node of this.marks[task] || []) node.classList.toggle('on', on);
  }

  /** Where the task begins. */
  place(task) {
    return (this.parts[task] || [])[0] || (this.marks[task] || [])[0] || null;
  }
}
